"""Tillbridge keeps a BigCommerce store in step with a point of sale."""
