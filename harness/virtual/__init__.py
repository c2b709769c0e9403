"""Runs in virtual time: the layer in this process, as an ASGI application (docs/decisions/0013-virtual-time.md)."""
