"""What BigCommerce and the POS say of themselves before anything of a connection is saved."""

from collections.abc import Mapping
from typing import Any

import requests

from cli.cannot_run import CannotRun, WrongArguments
from tillbridge.adapters.bigcommerce.scopes import ScopesOfBigCommerce
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.bootstrap.pos_of import open_at_first
from tillbridge.domain.addresses import base_refusal
from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect, NeedsAttention, Refused, RetryLater
from tillbridge.domain.pos_account import PosKind
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.domain.web_orders.switching import Outlet
from tillbridge.ports.pos_at_first import PosAtFirst

_SECONDS = 20

_NOT_OFFERED = (404, 405, 501)
"""The answers of a POS that does not have a part of the contract."""


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


def outlets_of(address: str, token: str) -> list[Outlet]:
    """Return the outlets of a POS. Raise CannotRun when it does not answer."""
    return [
        Outlet(str(each["id"]), str(each.get("name") or ""), each.get("active") is not False)
        for each in _of_pos(address, "/v1/outlets", token)
        if isinstance(each, dict) and each.get("id")
    ]


def takes_web_orders(address: str, token: str) -> bool:
    """Return whether a POS has the part of the contract that books web orders. Raise CannotRun when it
    does not answer."""
    path = f"{address.rstrip('/')}/v1/web-orders?since_version=0&limit=1"
    answer = _get(path, {"Authorization": f"Bearer {token}"}, "the POS's address")
    if answer.status_code in _NOT_OFFERED:
        return False
    body = _read(answer) if answer.status_code == 200 else None
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        raise CannotRun(
            f"The POS does not say which web orders it has booked (status {answer.status_code}). "
            f"`tillbridge check-pos {address}` says more."
        )
    return True


def _of_pos(address: str, path: str, token: str) -> list[Any]:
    answer = _get(f"{address.rstrip('/')}{path}", {"Authorization": f"Bearer {token}"}, "--pos-url")
    if answer.status_code in (401, 403):
        raise CannotRun(
            f"The POS refuses the token ({answer.status_code}). Check the token in --pos-token-file."
        )
    body = _read(answer) if answer.status_code == 200 else None
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, list):
        raise CannotRun(
            f"{address} does not answer as a POS does (status {answer.status_code} at "
            f"{path.partition('?')[0]}). Check --pos-url; `tillbridge check-pos {address}` says more."
        )
    return data


def _get(address: str, headers: Mapping[str, str], option: str) -> requests.Response:
    try:
        with new_http_session() as session:
            return session.get(
                address, headers={"Accept": "application/json", **headers}, timeout=_SECONDS
            )
    except requests.RequestException as problem:
        raise CannotRun(
            f"No answer from {address.partition('?')[0]}. Check {option} and the network."
        ) from problem


def _read(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None
