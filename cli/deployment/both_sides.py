"""What BigCommerce and the POS say of themselves before anything of a connection is saved."""

from collections.abc import Sequence

from cli.cannot_run import CannotRun, WrongArguments
from tillbridge.adapters.bigcommerce.scopes import ScopesOfBigCommerce
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.bootstrap.pos_of import open_at_first
from tillbridge.domain.addresses import base_refusal
from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect, NeedsAttention, Refused, RetryLater
from tillbridge.domain.pos_account import POLLED, PosAccount, PosKind, connect_command
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.domain.web_orders.switching import Outlet
from tillbridge.ports.pos_at_first import PosAtFirst


def need_address(address: str, option: str) -> None:
    """Raise WrongArguments, naming the option, for an address that no token may be sent to."""
    if why := base_refusal(address):
        raise WrongArguments(f"{option} '{address}' cannot be used. {why}")


def store_scopes() -> ScopesOfBigCommerce:
    """Return what asks BigCommerce about a token."""
    return ScopesOfBigCommerce(new_http_session, SystemClock())


def pos_at_first(kind: PosKind) -> PosAtFirst:
    """Return what asks a POS of this kind for the first time."""
    return open_at_first(kind, new_http_session, SystemClock())


def ask_store(api_url: str, store_hash: str, token: str) -> StoreFacts:
    """Check address, hash and token with one call. Raise CannotRun if one is wrong."""
    need_address(api_url, "--api-url")
    try:
        return store_scopes().facts(api_url, store_hash, token)
    except Refused as why:
        if why.status == 401:
            raise CannotRun(f"{why.said} (401). Check --hash and the token.") from why
        if why.status == 404:
            raise CannotRun(f"BigCommerce knows no store {store_hash}. Check --hash.") from why
        raise CannotRun(
            f"{api_url} does not answer as BigCommerce does ({why.said}). Check --api-url."
        ) from why
    except NeedsAttention as why:
        raise CannotRun(f"{why} Check the token's scopes.") from why
    except RetryLater as why:
        raise CannotRun(f"{why} Check --api-url and the network.") from why


def ask_pos(address: str, token: str) -> str:
    """Check address and token of a POS, and return the currency of its prices, '' when it has no
    product yet that tells. Raise CannotRun if one is wrong."""
    need_address(address, "--pos-url")
    try:
        return pos_at_first(PosKind.CONTRACT).currency(address, token)
    except CannotConnect as why:
        raise CannotRun(in_words(why, address)) from why


_REMEDIES = {
    ConnectCode.POS_SILENT: "Check --pos-url and the network.",
    ConnectCode.POS_TOKEN: "Check the token in --pos-token-file.",
    ConnectCode.NO_POS: "Check --pos-url; `tillbridge check-pos {address}` says more.",
}


def in_words(why: CannotConnect, address: str = "") -> str:
    """Return why a store cannot be connected, with what to do at a command line."""
    remedy = _REMEDIES.get(ConnectCode(why.code), "").format(address=address)
    return f"{why} {remedy}".rstrip()


def _of_account(why: CannotConnect, account: PosAccount) -> str:
    if account.kind not in POLLED:
        return in_words(why, account.address)
    if why.code == ConnectCode.POS_TOKEN:
        return f"{why} Give '{account.key}' a new one with `{connect_command(account.key)}`."
    return str(why)


def outlets_of(account: PosAccount, token: str) -> Sequence[Outlet]:
    """Return the outlets of a POS. Raise CannotRun when it does not answer."""
    try:
        return pos_at_first(account.kind).outlets(account.address, token)
    except CannotConnect as why:
        raise CannotRun(_of_account(why, account)) from why


def takes_web_orders(account: PosAccount, token: str) -> bool:
    """Return whether a POS books web orders. Raise CannotRun when it does not say."""
    try:
        return pos_at_first(account.kind).takes_web_orders(account.address, token)
    except CannotConnect as why:
        raise CannotRun(in_words(why, account.address)) from why
