"""Worlds in virtual time: no sockets, no threads, and a clock that jumps (docs/decisions/0013-virtual-time.md)."""
