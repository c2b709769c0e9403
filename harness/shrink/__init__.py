"""A failure shrunk to what it takes: fewer scenarios, orders, actions, faults and lines, simpler quantities."""
