"""Connecting the account of a vendor's POS: ask the POS, keep the token, then the account; the first poll follows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Protocol

from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect, NeedsAttention
from tillbridge.domain.hooks.pos_access import FACT, PATH_KEY_BYTES, mark_of, next_keys
from tillbridge.domain.polling import Cursor
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
from tillbridge.ports.pos_hook_secrets import PosHookSecrets
from tillbridge.ports.pos_source import Outlet, PosFacts, PosSource
from tillbridge.ports.token_box import TokenBox

TRIES = 3
"""So often an account is connected that others connect at the same time."""


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
    def hook_secrets(self) -> PosHookSecrets:
        """Return where the keys of webhooks are kept."""
        ...

    @property
    def pokes(self) -> Pokes:
        """Return what starts a poll."""
        ...


@dataclass(frozen=True, slots=True)
class WantedPos:
    """An account to be connected, and by what. `prices`: which price is sent, None where nobody said now. `lacking`:
    the scopes that are known not to be granted; `needed`: those without which nothing can be read; `of_rows`: those
    that decide what rows tell; `costs`: the one of these that costs are told by, "" where there is none. `went_back`: its polls found that the POS went back, so that the
    next epoch would be taken for a person's word that this is right."""

    account: PosAccount
    grant: PosGrant
    prices: PriceHabit | None = None
    lacking: Collection[str] = ()
    needed: Collection[str] = ()
    of_rows: Collection[str] = ()
    costs: str = ""
    went_back: bool = False


@dataclass(frozen=True, slots=True)
class ConnectedPos:
    """An account as it was kept, and what the POS said. `missing`: the scopes that were found to be missing; `refused`:
    what else the POS refused to tell, in words. `anew`: it was not known before; `read_again`: every row of the POS is
    read again, because it is read otherwise from now on."""

    account: PosAccount
    facts: PosFacts
    outlets: tuple[Outlet, ...]
    missing: tuple[str, ...]
    refused: str
    anew: bool
    read_again: bool


def connect_pos(deps: ConnectPosDeps, wanted: WantedPos, source: PosSource) -> ConnectedPos:
    """Ask the POS with the new token, keep it and then the account, poke its first poll, and return what came of it.
    A page of either feed and the names are asked for, too: so what the token may not see is said now.

    An account that is known keeps its cursors, its sender and a choice of prices that is not made anew. Killed in
    between, a new account has a token that nobody uses; connecting again is safe. Whoever meets another who connects it
    at the same time does all again, so that the token and what it may see are of the one who came last. Raise CannotConnect, NeedsAttention
    (the token is refused), PosDown or RetryLater; only a RetryLater of our own tables may come after the token was kept."""
    for _ in range(TRIES):
        if (done := _connected(deps, wanted, source)) is not None:
            deps.pokes.poke(done.account.key)
            return done
    key = wanted.account.key
    words = f"'{key}' was connected by somebody else meanwhile. Look at it, and try again."
    raise CannotConnect(ConnectCode.MEANWHILE, words)


def _connected(deps: ConnectPosDeps, wanted: WantedPos, source: PosSource) -> ConnectedPos | None:
    """Return what came of it; None where somebody else connected the account since it was looked at."""
    known = deps.accounts.find(wanted.account.key)
    if known is not None and known.kind is not wanted.account.kind:
        raise CannotConnect(ConnectCode.TAKEN, _of_another_kind(known))
    told = source.facts()
    missing = {*told.missing_scopes, *wanted.lacking}
    if lacking := sorted(missing & set(wanted.needed)):
        raise CannotConnect(ConnectCode.SCOPES, _lacks(lacking))
    outlets = tuple(source.outlets())
    if not any(each.active for each in outlets):
        words = (
            f"The POS “{told.name}” has no outlet that is open. Open one there, then connect it."
        )
        raise CannotConnect(ConnectCode.NO_OUTLET, words)
    missing |= _unseen(source, wanted)
    account = _account(wanted, known, told, missing)
    if known and is_other_retailer(known.facts, account.facts):
        raise CannotConnect(ConnectCode.OTHER_RETAILER, _other(known, account, told))
    refused = _refused(source)
    again = known is not None and reads_otherwise(known.facts, account.facts, wanted.of_rows)
    if again and wanted.went_back:
        raise CannotConnect(ConnectCode.WENT_BACK, _WENT_BACK)
    deps.tokens.put_pos_grant(account.key, wanted.grant)
    account = _with_hook_keys(account, wanted.grant, deps.hook_secrets)
    if not deps.accounts.keep(account, known, anew=again):
        return None
    kept = replace(account, epoch=(known or account).epoch + again)
    found = tuple(sorted(missing))
    return ConnectedPos(kept, told, outlets, found, refused, known is None, again)


def _with_hook_keys(account: PosAccount, grant: PosGrant, secrets: PosHookSecrets) -> PosAccount:
    """Make the next keys of the account's webhooks; by its fact the poll sees that it is to subscribe by them."""
    path = token_urlsafe(PATH_KEY_BYTES)
    keys = next_keys(secrets.find(account.key), grant.client_secret, path)
    secrets.put(account.key, keys)
    return replace(account, facts={**account.facts, FACT: mark_of(keys)})


_WENT_BACK = (
    "The POS counts its changes from an older number than before, and nobody has said yet whether that is right; what is"
    " to be read otherwise now would say so. First run `tillbridge reconcile --adopt`, or give the same kind of token"
    " without --prices. Nothing was saved."
)


def _unseen(source: PosSource, wanted: WantedPos) -> set[str]:
    """Read a page of both feeds, and return the scope of costs where none was told. Raise what the source raises."""
    source.levels(Cursor(0))
    sold = [each for each in source.items(Cursor(0)).parts if not each.deleted]
    silent = bool(sold) and all("cost" in each.fields.unknown for each in sold)
    return {wanted.costs} - {""} if silent else set()


def _refused(source: PosSource) -> str:
    """Return why the names of brands, vendors and departments cannot be read, "" when they can."""
    try:
        source.names()
    except NeedsAttention as why:
        return str(why)
    return ""


def _account(
    wanted: WantedPos, known: PosAccount | None, told: PosFacts, missing: Collection[str]
) -> PosAccount:
    facts = facts_told(
        told.name,
        told.id,
        told.currency,
        missing,
        tax_in_prices=told.tax_in_prices,
        prices=wanted.prices or (chosen_prices(known.facts) if known else None),
    )
    facts |= told.kept
    if known is None:
        return replace(wanted.account, facts=facts)
    return replace(known, address=wanted.account.address, facts={**known.facts, **facts})


def _lacks(scopes: Sequence[str]) -> str:
    one = len(scopes) == 1
    return (
        f"The token lacks the scope{'' if one else 's'} {', '.join(scopes)}, without which nothing can be read."
        " Nothing was saved."
    )


def _of_another_kind(known: PosAccount) -> str:
    return (
        f"'{known.key}' is the name of another POS already, at {known.address}, which has stores. Connect those to it under"
        " another name first. Nothing was saved."
    )


def _other(known: PosAccount, account: PosAccount, told: PosFacts) -> str:
    return (
        f"'{known.key}' is the account of “{known.facts.get('name', '')}”, and this token is of “{told.name}”, another"
        f" retailer ({account.facts.get('retailer', '')}): its products would be taken for those of the first. Nothing"
        " was saved."
    )
