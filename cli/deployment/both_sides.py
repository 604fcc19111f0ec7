"""What BigCommerce and the POS say of themselves before anything of a connection is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from cli.cannot_run import CannotRun, WrongArguments
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.addresses import base_refusal
from tillbridge.domain.web_orders.switching import Outlet

_SECONDS = 20

_NOT_OFFERED = (404, 405, 501)
"""The answers of a POS that does not have a part of the contract."""


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a connection needs from GET /v2/store; a currency is its ISO 4217 code, '' if not said."""

    channel_id: int = 1
    name: str = ""
    currency: str = ""


def need_address(address: str, option: str) -> None:
    """Raise WrongArguments, naming the option, for an address that no token may be sent to."""
    if why := base_refusal(address):
        raise WrongArguments(f"{option} '{address}' cannot be used. {why}")


def ask_store(api_url: str, store_hash: str, token: str) -> StoreFacts:
    """Check address, hash and token with one call. Raise CannotRun if one is wrong."""
    need_address(api_url, "--api-url")
    address = f"{api_url.rstrip('/')}/stores/{store_hash}/v2/store"
    answer = _get(address, {"X-Auth-Token": token}, "--api-url")
    if answer.status_code in (401, 403):
        raise CannotRun(
            f"BigCommerce refuses the token ({answer.status_code}). Check --hash, the token and its "
            "scopes (products, inventory, information)."
        )
    if answer.status_code != 200:
        raise CannotRun(f"{address} returned status {answer.status_code}. Check --hash.")
    facts = _read(answer)
    if not isinstance(facts, dict):
        raise CannotRun(f"{address} does not answer as BigCommerce does. Check --api-url.")
    channel = facts.get("default_channel_id")
    return StoreFacts(
        channel if isinstance(channel, int) and 0 < channel < 2**31 else 1,
        str(facts.get("name") or ""),
        _currency(facts),
    )


def need_orders(api_url: str, store_hash: str, token: str) -> None:
    """Check with one call that a token may read orders. Raise CannotRun when it may not."""
    address = f"{api_url.rstrip('/')}/stores/{store_hash}/v2/orders?limit=1"
    answer = _get(address, {"X-Auth-Token": token}, "--api-url")
    if answer.status_code not in (200, 204):
        raise CannotRun(
            f"With this token BigCommerce's orders cannot be read ({answer.status_code}), and this store "
            "reads web orders. Make an API account with the scope *Orders, read-only*; or first run "
            "`tillbridge store set web_orders=off`."
        )


def ask_pos(address: str, token: str) -> str:
    """Check address and token of a POS, and return the currency of its prices, '' when it has no
    product yet that tells. Raise CannotRun if one is wrong."""
    need_address(address, "--pos-url")
    outlets = _of_pos(address, "/v1/outlets", token)
    if not outlets:
        raise CannotRun(
            f"The POS at {address} has no outlet. Add one there, then connect the store."
        )
    # The contract has the currency on each product, and nowhere else.
    products = _of_pos(address, "/v1/products?since_version=0&limit=50", token)
    return next((code for each in products if (code := _currency(each))), "")


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


def need_one_currency(store: StoreFacts, pos_currency: str) -> None:
    """Raise CannotRun when the two sides are known to count in different currencies."""
    if store.currency and pos_currency and store.currency != pos_currency:
        raise CannotRun(
            f"The POS's prices are in {pos_currency}, and the store's default currency is "
            f"{store.currency}. Tillbridge converts nothing: every price online would be wrong. "
            "Make the default currency of the BigCommerce store that of the POS, or connect "
            "another store."
        )


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


def _currency(record: Any) -> str:
    code = record.get("currency") if isinstance(record, dict) else None
    return code.strip().upper() if isinstance(code, str) else ""
