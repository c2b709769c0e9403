"""The harness: targets, runs, the journal, invariants, suites and the command line."""
