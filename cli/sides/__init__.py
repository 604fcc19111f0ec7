"""The POS and BigCommerce side by side: what each has, and how the two compare."""
