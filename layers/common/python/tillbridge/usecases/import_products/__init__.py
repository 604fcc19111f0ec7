"""Import into the POS the products that exist only on BigCommerce (docs/import.md)."""
