"""The contracts: documents that say what each party promises, and the code that loads and checks them."""
