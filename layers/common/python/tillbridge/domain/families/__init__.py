"""Families: a POS's products, put together from the rows of a vendor that tells of each variant by itself."""
