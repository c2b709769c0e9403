"""The rules of changes, by what they are about, beside the code that finds them."""
