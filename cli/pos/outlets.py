"""The outlets of a POS, and which stores sell from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cli.cannot_run import CannotRun
from cli.deployment import both_sides
from cli.deployment.polls import stores_by_account
from cli.deployment.secrets import pos_token
from cli.deployment.target import Target
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import NeedsAttention, RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosAccount, token_command
from tillbridge.domain.web_orders.switching import Outlet


@dataclass(frozen=True, slots=True)
class Shown:
    """An outlet, and the stores whose levels are from it."""

    outlet: Outlet
    stores: tuple[StoreId, ...]


@dataclass(frozen=True, slots=True)
class Odd:
    """An outlet that a store's settings name and that sells nothing."""

    store: StoreId
    outlet: str
    words: str


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets of an account. `trouble`: why its POS does not tell of them, in words; "" while it does."""

    account: PosAccount
    shown: tuple[Shown, ...] = ()
    odd: tuple[Odd, ...] = ()
    trouble: str = ""


def outlets_of(target: Target, account: PosAccount) -> Outlets:
    """Return the outlets of an account as its POS tells of them now. One that does not hides no other."""
    try:
        token = pos_token(target, account.key, token_command(account))
        told = both_sides.outlets_of(account, token)
    except (CannotRun, NeedsAttention, RetryLater) as why:
        return Outlets(account, trouble=str(why))
    settings = {
        store: connection.settings
        for store in stores_by_account(target).get(account.key, ())
        if (connection := target.stores.find(store)) is not None
    }
    if not told and not settings:
        return Outlets(account, trouble="It has no outlet.")
    return judged(account, told, settings)


def judged(
    account: PosAccount, told: Sequence[Outlet], settings: dict[StoreId, Settings]
) -> Outlets:
    """Return the outlets with the stores that sell from each, and what those stores name in vain."""
    shown = tuple(
        Shown(
            each,
            tuple(s for s, of in settings.items() if each.active and sells_from(of, each.id)),
        )
        for each in sorted(told, key=lambda each: (not each.active, each.name, each.id))
    )
    by_id = {each.id: each for each in told}
    odd = [
        Odd(store, name, words)
        for store, of in settings.items()
        for name in sorted({*of.outlets, *filter(None, (of.web_outlet,))})
        if (words := _odd(by_id.get(name), name, of))
    ]
    odd += [Odd(store, "", _ALL_CLOSED) for store in settings if not _any(shown, store)]
    return Outlets(account, shown, tuple(odd))


_ALL_CLOSED = "every outlet that it sells from is closed: its levels stay as they are online"


def sells_from(settings: Settings, outlet: str) -> bool:
    """Return whether the levels of an outlet count for a store."""
    return not settings.outlets or outlet in settings.outlets


def _any(shown: Sequence[Shown], store: StoreId) -> bool:
    return any(store in each.stores for each in shown)


def _odd(outlet: Outlet | None, name: str, settings: Settings) -> str:
    what = "web_outlet" if name == settings.web_outlet else "outlets"
    if outlet is None:
        return f"{what} names '{name}', which the POS does not have: nothing is sold from it"
    if not outlet.active:
        return f"{what} names '{name}' ({outlet.name}), which is closed: its units are not offered"
    return ""
