"""Products, and the names they bear: brands, suppliers, categories, variant attributes."""
