"""What a world is filled with before anybody calls: customers, items, stock, orders, from a seed or from a file."""
