"""The formats of a contract test, one file each."""
