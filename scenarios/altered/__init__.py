"""Documents that a warehouse wrote, taken apart so that a fault can change something in them, and written again."""
