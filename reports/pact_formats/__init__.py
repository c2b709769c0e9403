"""The formats of a verification of pacts."""
