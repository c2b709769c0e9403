"""Crossdock tested by layers with known bugs: which invariant finds which (`crossdock selftest`)."""
