"""Identifiers that cannot be swapped for one another."""

from typing import NewType

StoreId = NewType("StoreId", str)
"""The name of a connection between one POS account and one BigCommerce store."""

PosAccountKey = NewType("PosAccountKey", str)
"""The name of a POS account; stores may share one."""

# The POS's ids are texts, BigCommerce's are numbers.
PosProductId = NewType("PosProductId", str)
PosVariantId = NewType("PosVariantId", str)
MemberId = NewType("MemberId", str)
"""A vendor's id of one row of its catalogue: a product by itself, or a variant of a family."""
StoreProductId = NewType("StoreProductId", int)
StoreVariantId = NewType("StoreVariantId", int)
WebOrderId = NewType("WebOrderId", int)
WebLineId = NewType("WebLineId", int)
"""A line of a web order: BigCommerce calls it an order product."""

Rev = NewType("Rev", str)
"""A token, new each time a pending row is marked: only a delete that names it takes effect."""
