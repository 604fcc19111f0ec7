"""A POS account: the POS behind a connection, and who may speak for it on the bus."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tillbridge.domain.ids import PosAccountKey


class PosKind(StrEnum):
    """How a POS is reached. `contract`: it answers contracts/pos-api.openapi.yaml itself. The others are
    named for a vendor's POS, of which a mirror is kept."""

    CONTRACT = "contract"
    LIGHTSPEED_X = "lightspeed-x"


POLLED = frozenset({PosKind.LIGHTSPEED_X})
"""The kinds that tell nothing by themselves: the function `poll` reads what changed, and tells it in their place."""

STORE_ADD = "tillbridge store add"
"""The command that stores the token of a store, and of a POS that answers the contract."""


@dataclass(frozen=True, slots=True)
class PosAccount:
    """One customer's POS. Stores that share it share its token, its counter of SKUs and its epoch.

    Only events whose source is `source` and that were put by `aws_account` ('': the account of the
    stack) speak for it. `epoch` is higher after each time that the POS was restored from a backup:
    versions of one epoch are in order. `facts` is what the POS says of itself, such as its
    currency."""

    key: PosAccountKey
    address: str
    source: str
    aws_account: str = ""
    kind: PosKind = PosKind.CONTRACT
    epoch: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)


def quota_of(account: PosAccount) -> int | None:
    """Return how many calls the POS allows in its window of time, None where it did not say."""
    told = account.facts.get("quota", "")
    return int(told) if told.isascii() and told.isdigit() else None


def connect_command(account: PosAccountKey) -> str:
    """Return the command that stores the token of a vendor's account."""
    return f"tillbridge pos connect lightspeed --prefix {account.removeprefix('lightspeed-')}"


def token_command(account: PosAccount) -> str:
    """Return the command that stores an account's token."""
    return connect_command(account.key) if account.kind in POLLED else STORE_ADD
