"""Products that exist only on BigCommerce come into the POS (DESIGN 1, Import)."""
