"""The transaction sets of the channel, one a file, named by what they are and their number."""
