"""Products that exist only on BigCommerce come into the POS (docs/import.md)."""
