"""The HTTP channel: each party as a server of its own that keeps its OpenAPI contract."""
