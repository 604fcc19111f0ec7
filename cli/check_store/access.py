"""What of the store the token may read, whether clocks agree, and how much is left of the quota."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cli.check_store.check import Check, Said, fine, know, mend
from cli.check_store.client import StoreUnderTest, Untold
from cli.check_store.readings import items_at_our_location, order_page, products_page
from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.wire_order import time_ms
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.scopes import INFORMATION, INVENTORY, ORDERS, PRODUCTS, judged

FORBIDDEN = 403
DOOR_SHUT = (401, 404)

_APART_MS = 30_000
_FAR_APART_MS = 300_000
"""BigCommerce signs webhooks with a time that may be five minutes off."""

_FEW = 20


def _opens(store: StoreUnderTest) -> Said:
    answer = store.get("/store", version="v2")
    name = answer.body.get("name") if isinstance(answer.body, dict) else None
    if not isinstance(name, str):
        raise Untold("its answer is not as documented (the store has no name)", answer.status)
    return fine(f"The token opens the store '{name}'.")


def _scopes(store: StoreUnderTest) -> Said:
    orders = store.connection.settings.web_orders is not WebOrderMode.OFF
    told = {name: _refused(ask, store) for name, ask in _READS.items()}
    found = judged(told, orders=orders)
    if missing := [each for each in found if each.there is False]:
        words = " ".join(each.words for each in missing)
        if any(not each.ok for each in missing):
            return mend(words, "Then run `tillbridge store add` with its token.")
        return know(words)
    return fine(
        "The token may read products, inventory, orders and settings. Whether it may also change"
        " products and inventory only a push shows."
    )


_READS: Mapping[str, Callable[[StoreUnderTest], object]] = {
    PRODUCTS.name: lambda store: products_page(store, 1),
    INVENTORY.name: items_at_our_location,
    INFORMATION.name: lambda store: store.get("/settings/inventory"),
    ORDERS.name: order_page,
}
"""What each scope lets be read, by its name: what other checks read too, so that it costs no call more."""


def _refused(ask: Callable[[StoreUnderTest], object], store: StoreUnderTest) -> str | None:
    try:
        ask(store)
    except Untold as why:
        return str(why) if why.status == FORBIDDEN else None
    return None


def _clock(store: StoreUnderTest) -> Said:
    answer = store.get("/store", version="v2")
    theirs = _date_ms(answer)
    apart_ms = abs(store.opened_ms - theirs)
    words = f"This machine's clock and BigCommerce's differ by {apart_ms / 1000:.0f} s."
    if apart_ms >= _FAR_APART_MS:
        return mend(words, "Set this machine's clock by a time server (NTP).")
    if apart_ms >= _APART_MS:
        return know(words, "Set this machine's clock by a time server (NTP).")
    return fine(f"{words} BigCommerce gives whole seconds.")


def _date_ms(answer: Answer) -> int:
    try:
        return time_ms(answer.headers.get("Date"))
    except ValueError as odd:
        raise Untold("its answers carry no time", answer.status) from odd


def _quota(store: StoreUnderTest) -> Said:
    told = [(template, reading) for template, reading in store.quota if reading is not None]
    if not told:
        return know(
            "BigCommerce's answers do not say how much is left of the quota; Tillbridge then goes"
            " slower."
        )
    reading = told[-1][1]
    limit = f"{reading.quota:,} calls in {reading.window_ms / 1000:.0f} s"
    weight = _weight_of_orders(store)
    words = f"The quota is {limit}; {reading.left:,} were left in the end.{weight}"
    if len(told) < len(store.quota):
        return know(f"{words} Some answers did not say so.")
    if reading.left < min(_FEW, reading.quota // 5):
        return know(
            f"{words} Other apps use most of it.", "Ask them, or BigCommerce for a larger plan."
        )
    return fine(words)


def _weight_of_orders(store: StoreUnderTest) -> str:
    for (_, before), (template, after) in zip(store.quota, store.quota[1:], strict=False):
        if template != "/orders" or before is None or after is None or after.left > before.left:
            continue
        return f" To read a page of orders took {before.left - after.left} of it."
    return ""


OPENS = Check("door", "Does the token open the store?", _opens)
ACCESS = (
    Check("scopes", "May the token read what Tillbridge needs?", _scopes),
    Check("clock", "Do the clocks agree?", _clock),
)
QUOTA = Check("quota", "How many calls does the store allow?", _quota)
