"""The formats in which a party can write files, one a file; each registers itself under its channel's name."""
