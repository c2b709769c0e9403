"""The site of all contracts: pages made from the documents, in one look, to be opened from a folder."""
