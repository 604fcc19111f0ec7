"""The settings of a sandbox account."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sandbox.pos import clock

COST = "product:cost:view"
"""The scope without which no cost is shown (fact 8)."""

SCOPES = frozenset(
    {
        "products:read",
        "products:write",
        "inventory:read",
        "outlets:read",
        "registers:read",
        "retailer:read",
        "suppliers:read",
        "suppliers:write",
        "webhooks",
        COST,
    }
)
"""Every scope that a route of the sandbox asks for."""


def _now() -> float:
    return clock.now()


@dataclass(frozen=True, slots=True)
class AccountConfig:
    """One retailer, its personal token, and the one OAuth app that knows it.

    Prices of the shop are before tax if `tax_exclusive`, else they include it. An image bumps its
    product's version `images_after_s` seconds after the save. `record` gets one line for each call.
    """

    prefix: str = "lantern"
    name: str = "Lantern & Loom"
    registers: int = 1
    tax_exclusive: bool = True
    tax_rate: Decimal = Decimal("0.15")
    token: str = "sandbox-lightspeed-token"  # noqa: S105 - the token of an account that does not exist
    scopes: frozenset[str] = SCOPES
    client_id: str = "sandbox-app"
    client_secret: str = "sandbox-app-secret"  # noqa: S105 - the secret of an app that does not exist
    images_after_s: float = 0.5
    window_s: float = 300
    seed: int = 1
    clock: Callable[[], float] = _now
    record: Path | None = None
