"""The POS and BigCommerce side by side: the products of each, and how they compare."""
