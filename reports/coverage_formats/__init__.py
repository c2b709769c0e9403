"""The formats of contract coverage, one in a file."""
