"""The scenario engine: plans, actions and faults, and the library of scenario files."""
