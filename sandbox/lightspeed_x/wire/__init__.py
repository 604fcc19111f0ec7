"""Rows and records as the vendor's JSON."""
