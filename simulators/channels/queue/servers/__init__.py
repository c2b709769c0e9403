"""Brokers that Crossdock runs itself, privately, a file each."""
