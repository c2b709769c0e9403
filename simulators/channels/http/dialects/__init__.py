"""The versions of the parties' contracts beside the first, each one module."""
