"""The X12 channel: a warehouse's operations and events as transaction sets, whatever carries the files."""
