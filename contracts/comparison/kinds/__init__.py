"""How documents of each kind are compared, one kind in a file."""
