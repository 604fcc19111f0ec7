"""A BigCommerce store over its REST API (reference: developer.bigcommerce.com)."""
