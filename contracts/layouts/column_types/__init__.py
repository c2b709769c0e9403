"""The types of columns, one a file."""
