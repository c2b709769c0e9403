"""Service levels for business people, one file each."""
