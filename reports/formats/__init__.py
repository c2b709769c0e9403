"""The report formats there are, one a file; each registers itself under its own name."""
