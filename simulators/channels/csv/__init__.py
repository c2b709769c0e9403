"""The CSV channel: a warehouse's operations and events as CSV files (contracts/csv), whatever carries the files."""
