"""Inventory records and levels."""
