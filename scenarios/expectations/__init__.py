"""What must come out of a scenario besides the invariants, one kind a file."""
