"""The formats of a contract comparison, one in a file."""
