"""The parts of the API that we use: the dated version of each, and the scopes that it asks for.

A dated version is served for a year at least. What is asked of one that has expired, the oldest living one answers,
without a word (shape.py): the deadline for 2026-07 is July 2027."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

VERSION = "2026-07"


@dataclass(frozen=True, slots=True)
class Resource:
    """A part of the API; its scopes are those of the vendor's OpenAPI file. `reading` may be a POST."""

    reading: tuple[str, ...]
    writing: tuple[str, ...] = ()
    version: str = VERSION


_PRODUCTS = Resource(("products:read",), ("products:write",))

RESOURCES: Mapping[str, Resource] = MappingProxyType(
    {
        "products": _PRODUCTS,
        "brands": _PRODUCTS,
        "product_categories": _PRODUCTS,
        "variant_attributes": _PRODUCTS,
        "inventory": Resource(("inventory:read",)),
        "outlets": Resource(("outlets:read",)),
        "registers": Resource(("registers:read",)),
        "retailer": Resource(("retailer:read", "payment_types:read")),
        "suppliers": Resource(("suppliers:read",), ("suppliers:write",)),
        "webhooks": Resource(("webhooks",), ("webhooks",)),
    }
)
"""By the first word of the path."""

COSTS = "product:cost:view"
"""The scope without which no answer tells a cost; what is not told is unknown."""

NEEDED: tuple[str, ...] = tuple(
    dict.fromkeys(scope for each in RESOURCES.values() for scope in (*each.reading, *each.writing))
)
"""The scopes of reading, importing and subscribing."""


def resource_of(path: str) -> Resource:
    """Return the part of the API that a path such as /products/{id} belongs to."""
    return RESOURCES[path.split("/", 2)[1]]


def versioned(path: str) -> str:
    """Return the path below the address of a retailer."""
    return f"/api/{resource_of(path).version}{path}"


def scopes_of(method: str, path: str) -> tuple[str, ...]:
    """Return the scopes that a call asks for."""
    resource = resource_of(path)
    return resource.reading if method == "GET" or not resource.writing else resource.writing


def missing(granted: Collection[str]) -> tuple[str, ...]:
    """Return the scopes that we need and were not granted."""
    return tuple(scope for scope in NEEDED if scope not in granted)
