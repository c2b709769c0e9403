"""The rules of contracts, by what they are about."""
