"""The formats of a contract check, one in a file."""
