"""What stands between layer and parties when a scenario asks for it: a relay of octets, and a proxy for HTTP."""
