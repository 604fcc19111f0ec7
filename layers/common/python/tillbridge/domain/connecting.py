"""What it takes to connect a store: the pure rules."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tillbridge.domain.addresses import same_base
from tillbridge.domain.connection import Connection
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.store_facts import StoreFacts

LOCAL_SOURCE = "pos.reference"
"""The source of the events of the local world's POS, and of the examples in events/bus/."""

STORE_HASH = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TOKEN = re.compile(r"[!-~]{1,1000}")
_SENDER = re.compile(r"(?P<source>pos\.[A-Za-z0-9._-]{1,250})(?:@(?P<aws_account>[0-9]{12}))?")
"""A source, which the rules of template.yaml let through, and the number of an AWS account."""


class ConnectCode(StrEnum):
    """Why a store cannot be connected."""

    ODD_TOKEN = "odd_token"  # noqa: S105 - a code, no token
    TAKEN = "taken"
    SCOPES = "scopes"
    NOT_THE_STORE = "not_the_store"
    CURRENCY = "currency"
    MEANWHILE = "meanwhile"
    REMOVED = "removed"
    SENDER = "sender"
    POS_SILENT = "pos_silent"
    POS_TOKEN = "pos_token"  # noqa: S105 - a code, no token
    NO_POS = "no_pos"
    NO_OUTLET = "no_outlet"
    OTHER_RETAILER = "other_retailer"
    TAX_HABIT = "tax_habit"
    WENT_BACK = "went_back"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A store to be connected: under which name, which store of BigCommerce, and to which POS. `pos_token`: of a POS
    that is told of for the first time, or anew; '' where its token stays as it is kept."""

    store: StoreId
    store_hash: str
    api_url: str
    token: str = field(repr=False)
    account: PosAccount
    pos_token: str = field(default="", repr=False)


def is_token(text: str) -> bool:
    """Return whether a text can be an access token, which goes into a header as it is."""
    return _TOKEN.fullmatch(text) is not None


def holder_of(wanted: Wanted, connections: Iterable[Connection]) -> Connection | None:
    """Return the connection of another name that has the same store of BigCommerce: two would write to it at
    once."""
    return next(
        (
            other
            for other in connections
            if other.store != wanted.store
            and other.store_hash.casefold() == wanted.store_hash.casefold()
            and same_base(other.api_url, wanted.api_url)
        ),
        None,
    )


def new_account(store: StoreId, taken: Collection[PosAccountKey]) -> PosAccount:
    """Return a POS account with a key that none has, by the name of its first store."""
    names = [store, *(f"{store}-{number}" for number in range(2, len(taken) + 3))]
    key = next(key for name in names if (key := PosAccountKey(name)) not in taken)
    return PosAccount(key, address="", source="")


def spoken_for(account: PosAccount, sender: str) -> PosAccount | None:
    """Return the account with whoever puts its events on the bus ('pos.example', or 'pos.example@123456789012' with
    another AWS account); None for what is no sender."""
    found = _SENDER.fullmatch(sender)
    if found is None:
        return None
    return replace(account, source=found["source"], aws_account=found["aws_account"] or "")


def connection_of(
    wanted: Wanted,
    facts: StoreFacts,
    account: PosAccount,
    known: Connection | None,
    hooks_key: str,
    now_ms: int,
) -> Connection:
    """Return the connection that is wanted. Of one that is `known` this changes what `Connections.save_again` writes;
    `hooks_key` is for the address of its webhooks, if it has none."""
    api_url = wanted.api_url.rstrip("/")
    if known is None:
        return Connection(
            store=wanted.store,
            store_hash=wanted.store_hash,
            api_url=api_url,
            pos_account=account,
            channel_id=facts.channel_id,
            hooks=with_key(HookAccess(), hooks_key),
            money=facts.money,
            connected_ms=now_ms,
        )
    return replace(
        known,
        store_hash=wanted.store_hash,
        api_url=api_url,
        pos_account=account,
        hooks=with_key(known.hooks, hooks_key),
        canary=known.canary if known.store_hash == wanted.store_hash else None,
        ignored=frozenset(),  # found out anew: it may be another store, or one that was mended
        money=facts.money,
    )


def with_key(access: HookAccess, key: str) -> HookAccess:
    """Return the access with a key for the address of the webhooks, if it has none."""
    return access if access.key else replace(access, key=key)
