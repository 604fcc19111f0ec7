"""Identifiers that cannot be swapped for one another."""

from typing import NewType

StoreId = NewType("StoreId", str)
"""The name of a connection between one POS account and one BigCommerce store."""

PosProductId = NewType("PosProductId", str)
PosVariantId = NewType("PosVariantId", str)
StoreProductId = NewType("StoreProductId", int)
StoreVariantId = NewType("StoreVariantId", int)
Rev = NewType("Rev", str)
"""A token that is new each time a pending row is marked: who deletes must name it."""
