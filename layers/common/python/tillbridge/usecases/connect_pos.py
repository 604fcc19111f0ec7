"""Connecting the account of a vendor's POS: ask the POS, keep the token, then the account; the first poll follows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.pos_habits import (
    PriceHabit,
    chosen_prices,
    facts_told,
    is_other_retailer,
    reads_otherwise,
)
from tillbridge.ports.pokes import Pokes
from tillbridge.ports.pos_accounts import PosAccounts
from tillbridge.ports.pos_source import Outlet, PosFacts, PosSource
from tillbridge.ports.token_box import TokenBox


class ConnectPosDeps(Protocol):
    """What it takes to connect an account."""

    @property
    def accounts(self) -> PosAccounts:
        """Return the rows of the accounts."""
        ...

    @property
    def tokens(self) -> TokenBox:
        """Return where tokens are put."""
        ...

    @property
    def pokes(self) -> Pokes:
        """Return what starts a poll."""
        ...


@dataclass(frozen=True, slots=True)
class WantedPos:
    """An account to be connected, and by what. `prices`: which price is sent, None where nobody said now. `needed`:
    the scopes without which nothing can be read."""

    account: PosAccount
    grant: PosGrant
    prices: PriceHabit | None = None
    needed: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class ConnectedPos:
    """An account as it was kept, and what the POS said. `anew`: it was not known before; `read_again`: every row of
    the POS is read again, because it is read otherwise from now on."""

    account: PosAccount
    facts: PosFacts
    outlets: tuple[Outlet, ...]
    anew: bool
    read_again: bool


def connect_pos(deps: ConnectPosDeps, wanted: WantedPos, source: PosSource) -> ConnectedPos:
    """Ask the POS with the new token, keep it and then the account, poke its first poll, and return what came of it.

    An account that is known keeps its cursors, its sender and a choice of prices that is not made anew. Killed in
    between, a new account has a token that nobody uses; connecting again is safe. Raise CannotConnect, NeedsAttention
    (the token is refused), PosDown or RetryLater; only a RetryLater of our own tables may come after the token was kept."""
    known = deps.accounts.find(wanted.account.key)
    told = source.facts()
    if lacking := sorted(set(told.missing_scopes) & set(wanted.needed)):
        raise CannotConnect(ConnectCode.SCOPES, _lacks(lacking))
    outlets = tuple(source.outlets())
    if not any(each.active for each in outlets):
        words = (
            f"The POS “{told.name}” has no outlet that is open. Open one there, then connect it."
        )
        raise CannotConnect(ConnectCode.NO_OUTLET, words)
    account = _account(wanted, known, told)
    if known and is_other_retailer(known.facts, account.facts):
        raise CannotConnect(ConnectCode.OTHER_RETAILER, _other(known, account, told))
    again = known is not None and reads_otherwise(known.facts, account.facts)
    deps.tokens.put_pos_grant(account.key, wanted.grant)
    if not deps.accounts.keep(account, known, anew=again):
        words = (
            f"'{account.key}' was connected by somebody else meanwhile. Look at it, and try again."
        )
        raise CannotConnect(ConnectCode.MEANWHILE, words)
    deps.pokes.poke(account.key)
    kept = replace(account, epoch=(known or account).epoch + again)
    return ConnectedPos(kept, told, outlets, known is None, again)


def _account(wanted: WantedPos, known: PosAccount | None, told: PosFacts) -> PosAccount:
    facts = facts_told(
        told.name,
        told.id,
        told.currency,
        told.missing_scopes,
        tax_in_prices=told.tax_in_prices,
        prices=wanted.prices or (chosen_prices(known.facts) if known else None),
    )
    if known is None:
        return replace(wanted.account, facts=facts)
    return replace(known, address=wanted.account.address, facts={**known.facts, **facts})


def _lacks(scopes: Sequence[str]) -> str:
    one = len(scopes) == 1
    return (
        f"The token lacks the scope{'' if one else 's'} {', '.join(scopes)}, without which nothing can be read."
        " Nothing was saved."
    )


def _other(known: PosAccount, account: PosAccount, told: PosFacts) -> str:
    return (
        f"'{known.key}' is the account of “{known.facts.get('name', '')}”, and this token is of “{told.name}”, another"
        f" retailer ({account.facts.get('retailer', '')}): its products would be taken for those of the first. Nothing"
        " was saved."
    )
