"""Web orders: which units sold on the web the POS does not know of yet. Pure."""
