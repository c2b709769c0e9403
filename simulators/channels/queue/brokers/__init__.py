"""The brokers, a file each."""
