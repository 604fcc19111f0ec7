"""Connecting the account of a vendor's POS to a deployment."""

from dataclasses import dataclass

from cli.cannot_run import CannotRun
from cli.deployment.polls import pokes, polled_accounts, pos_accounts
from cli.deployment.secrets import pos_hook_secrets, token_box
from cli.deployment.target import Target
from cli.pos.scopes import COSTS, NEEDED, OF_ROWS, WHERE, not_granted
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.bootstrap.pos_of import open_source
from tillbridge.bootstrap.pos_openers import Reach
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect, NeedsAttention, RetryLater
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.pos_habits import PriceHabit, is_same_retailer
from tillbridge.ports.pokes import Pokes
from tillbridge.ports.pos_accounts import PosAccounts
from tillbridge.ports.pos_hook_secrets import PosHookSecrets
from tillbridge.ports.token_box import TokenBox
from tillbridge.usecases.connect_pos import ConnectedPos, WantedPos, connect_pos

_CALLS_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Deps:
    """What `connect_pos` needs, of a deployment."""

    accounts: PosAccounts
    tokens: TokenBox
    hook_secrets: PosHookSecrets
    pokes: Pokes


def connect(
    target: Target, account: PosAccount, grant: PosGrant, prices: PriceHabit | None
) -> ConnectedPos:
    """Ask the POS, keep its token and its account, and start its first poll. Raise CannotRun, with what to do."""
    clock = SystemClock()
    source = open_source(
        Reach(
            account,
            lambda _: grant.access_token,
            clock,
            clock.now_ms() + _CALLS_MS,
            new_http_session(),
        )
    )
    _, note = polled_accounts(target).find(account.key)
    went_back = note.trouble == AttentionCode.POS_WENT_BACK
    lacking = not_granted(grant.scopes)
    wanted = WantedPos(account, grant, prices, lacking, NEEDED, OF_ROWS, COSTS, went_back)
    deps = _Deps(pos_accounts(target), token_box(target), pos_hook_secrets(target), pokes(target))
    try:
        return connect_pos(deps, wanted, source)
    except CannotConnect as why:
        raise CannotRun(_told(why)) from why
    except NeedsAttention as why:
        raise CannotRun(
            f"{why} Nothing was saved. Check the token, and --prefix: it is what stands before"
            " .retail.lightspeed.app."
        ) from why
    except RetryLater as why:
        raise CannotRun(f"{why} Run the command again.") from why


def twins_of(target: Target, account: PosAccount) -> list[PosAccountKey]:
    """Return the other accounts that are of the same shop at its vendor, by key: it was given another name there."""
    known = target.stores.pos_accounts()
    return sorted(
        each.key
        for each in known
        if each.key != account.key and is_same_retailer(each.facts, account.facts)
    )


def _told(why: CannotConnect) -> str:
    if why.code == ConnectCode.SCOPES:
        return f"{why} {WHERE}"
    if why.code == ConnectCode.OTHER_RETAILER:
        return f"{why} Connect that one under its own --prefix."
    return str(why)
