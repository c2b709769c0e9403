"""Pacts: verified against the simulators or a real provider, recorded from runs, and who goes with whom by them."""
