"""Verify: compare POS and store from the two articles alone, sharing no mapping with push."""
