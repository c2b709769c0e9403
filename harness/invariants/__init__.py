"""The invariants, one a file, named by what they hold."""
