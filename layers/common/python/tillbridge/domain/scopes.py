"""The scopes that the API account of a store needs: the one list, for connecting, checking and renewing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

WHERE = "BigCommerce, Settings → Store-level API accounts → Create API account"
"""Where an API account gets its scopes; those of one that is there cannot be changed."""


class Level(StrEnum):
    """What is chosen for a scope in BigCommerce's control panel."""

    MODIFY = "modify"
    READ_ONLY = "read-only"


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope: its name and level in the control panel, and what Tillbridge does with it. `for_orders`: only a
    store that reads web orders needs it. `readable`: a read shows whether the token has it; else only a push
    does."""

    name: str
    level: Level
    used_for: str
    for_orders: bool = False
    readable: bool = True

    @property
    def click(self) -> str:
        """Return what to choose in the control panel."""
        return f"“{self.name}: {self.level}”"


PRODUCTS = Scope("Products", Level.MODIFY, "to make and change products")
INVENTORY = Scope("Inventory", Level.MODIFY, "to write stock")
INFORMATION = Scope(
    "Information & settings", Level.READ_ONLY, "to know the store's currency and channel"
)
LISTINGS = Scope(
    "Channel listings", Level.MODIFY, "to show products in the storefront", readable=False
)
ORDERS = Scope("Orders", Level.READ_ONLY, "to count what the web sells", for_orders=True)

SCOPES: tuple[Scope, ...] = (PRODUCTS, INVENTORY, INFORMATION, LISTINGS, ORDERS)


@dataclass(frozen=True, slots=True)
class ScopeRead:
    """What was found out about a scope, or about the token or the store's hash by themselves. `ok`: nothing that is
    needed is missing. `there`: None where only a push shows it. `words`: what it is for or, where it is missing,
    what to click in the control panel."""

    name: str
    ok: bool
    words: str
    there: bool | None = True


TOKEN, STORE_HASH = "Access token", "Store hash"
"""The names under which a `ScopeRead` tells of the token itself, and of the hash."""


def judged(there: Mapping[str, str | None], *, orders: bool) -> Sequence[ScopeRead]:
    """Return what is to be said of each scope. `there`: of each that was read, by name, None when the read was
    answered, and else BigCommerce's words. `orders`: the store reads web orders."""
    return tuple(
        _judged(scope, there.get(scope.name), orders=orders)
        if scope.readable
        else ScopeRead(
            scope.name,
            ok=True,
            words=f"Choose {scope.click}, {scope.used_for}. Only a push shows whether it is there.",
            there=None,
        )
        for scope in SCOPES
    )


def _judged(scope: Scope, refused: str | None, *, orders: bool) -> ScopeRead:
    if refused is None:
        words = f"It is there, {scope.used_for}."
        if scope.level is Level.MODIFY:
            words += f" A read cannot tell “{scope.level}” from “{Level.READ_ONLY}”: the first push does."
        return ScopeRead(scope.name, ok=True, words=words)
    needed = orders or not scope.for_orders
    if "scope" not in refused.casefold():  # a firewall, or a limit of the store's plan
        words = f"BigCommerce refuses to show it (“{refused[:120]}”). "
    else:
        words = f"The API account lacks {scope.click}, {scope.used_for}. "
    if needed:
        words += f"Make one that has it: {WHERE}."
    else:
        words += "Only a store that reads web orders needs it."
    return ScopeRead(scope.name, ok=not needed, words=words, there=False)


def refused_token(status: int) -> ScopeRead:
    """Return what is said of a token that BigCommerce does not take."""
    return ScopeRead(
        TOKEN,
        ok=False,
        words=f"BigCommerce refuses the token ({status}): it is mistyped, of another store, or was deleted. Make a"
        f" new one: {WHERE}.",
        there=False,
    )


def unknown_store(store_hash: str) -> ScopeRead:
    """Return what is said of a hash that is no store's."""
    return ScopeRead(
        STORE_HASH,
        ok=False,
        words=f"BigCommerce knows no store {store_hash}. The hash is the part between stores/ and /v3 in the API"
        " account's path.",
        there=False,
    )
