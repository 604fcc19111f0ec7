"""The scopes that Tillbridge asks of Lightspeed, and what a shop goes without where one is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

WHERE = (
    "Scopes belong to the token: make a new personal token with them in Lightspeed (Setup, Personal tokens), or let"
    " the app in again, and connect once more."
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope. `cost`: what a shop goes without it. `needed`: nothing can be read without. `of_rows`: it decides what the
    rows of products and levels tell, so all are read again once it is granted, or taken away."""

    name: str
    cost: str
    needed: bool = False
    of_rows: bool = False


SCOPES = (
    Scope("retailer:read", "nobody knows whose POS it is, nor its currency", needed=True),
    Scope("outlets:read", "no outlet is known, so no level can be told", needed=True),
    Scope("products:read", "no product is seen", needed=True),
    Scope("inventory:read", "no level is seen", needed=True),
    Scope("registers:read", "the quota is not known before the first poll"),
    Scope("payment_types:read", "Lightspeed may not tell its currency"),
    Scope(
        "product:cost:view",
        "costs are unknown; those in BigCommerce stay as they are",
        of_rows=True,
    ),
    Scope("suppliers:read", "vendors are unknown, and imports make none", of_rows=True),
    Scope("products:write", "imports make no product"),
    Scope("suppliers:write", "imports make no vendor"),
    Scope("webhooks", "changes are seen by the minute's poll alone, not within seconds"),
)

COSTS = "product:cost:view"
"""Without it no row tells a cost."""

NEEDED = tuple(each.name for each in SCOPES if each.needed)

OF_ROWS = tuple(each.name for each in SCOPES if each.of_rows)


def with_costs(missing: Iterable[str]) -> list[Scope]:
    """Return the scopes that are missing, each with what that costs."""
    known = {each.name: each for each in SCOPES}
    return [known.get(name, Scope(name, "what it is for is not known here")) for name in missing]


def not_granted(granted: Iterable[str]) -> tuple[str, ...]:
    """Return the scopes that an app was not granted, of those that are asked for; none where none is told."""
    there = set(granted)
    return tuple(each.name for each in SCOPES if there and each.name not in there)
