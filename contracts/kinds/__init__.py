"""The kinds of contract documents, one in a file."""
