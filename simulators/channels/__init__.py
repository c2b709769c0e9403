"""Channels: how a party's operations and events travel. Each carries the same rules; none knows any."""
