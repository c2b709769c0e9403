"""The rules of providers, one file each."""
