"""What Crossdock costs, measured: one file per measure. How to run them: docs/explanation/performance.md."""
