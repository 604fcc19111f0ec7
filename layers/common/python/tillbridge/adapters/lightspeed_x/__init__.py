"""Lightspeed Retail (X-Series) over its REST API."""
