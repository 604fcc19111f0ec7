"""Web orders: what shoppers and staff do to them, and how v2 and v3 show them."""
