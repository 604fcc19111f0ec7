"""Web orders, one of them, and what was sold more often than there was."""

from collections.abc import Mapping
from typing import Any

from tillbridge.console import order_words as words
from tillbridge.console.pages.answers import asked, filled, missing, see_other
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.people import Right
from tillbridge.domain.web_orders.asked_for import HIGHEST_ORDER, DoOrder
from tillbridge.domain.web_orders.asked_words import why_not_told
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.domain.web_orders.setting_aside import open_of_line
from tillbridge.domain.web_orders.told_to_people import status_words, what_to_do
from tillbridge.usecases.console import ask_of_orders, show_orders
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.show_orders import OrderShown, number_of

_LONGEST_MS = 16
"""Digits of a time (epoch ms), and one more."""


def orders(visit: Visit, deps: ConsoleDeps) -> Answer:
    """List the web orders of a store: those that are open, then the latest."""
    shown = show_orders.list_orders(
        deps,
        visit.store,
        below=_number(asked(visit, "below")),
        only_open=asked(visit, "show") == "open",
    )
    return Answer(
        page(
            "orders.html",
            visit,
            tab="orders",
            connection=shown.connection,
            shown=shown,
            first=not asked(visit, "below"),
            only_open=asked(visit, "show") == "open",
            said=words.SAID.get(asked(visit, "said")),
            **_of_mode(visit, shown.connection.settings.web_orders),
        )
    )


def order(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show one web order as both sides have it, and what to do."""
    number = WebOrderId(int(visit.path["number"]))
    shown = show_orders.show_order(deps, visit.store, number)
    mode = shown.connection.settings.web_orders
    if not isinstance(shown.order, OrderEntry):
        return _not_there(visit, number, shown, mode)
    entry = shown.order
    told = mode is WebOrderMode.POS and not why_not_told(entry)
    # Of one that goes by itself nobody is asked; who books it all the same may say so when it is late.
    by_hand = words.to_do(entry, mode, visit.now_ms) and not ask_of_orders.why_not_ended(entry)
    return Answer(
        page(
            "order.html",
            visit,
            tab="orders",
            connection=shown.connection,
            entry=entry,
            lines=[_line(line, shown) for line in entry.lines],
            happened=[(line, words.happened(line)) for line in shown.lines],
            more_products=len(show_orders.products_of(entry)) > show_orders.MOST_TOLD,
            may_retry=told and visit.person.may(Right.ACT, visit.store),
            may_acknowledge=by_hand and visit.person.may(Right.ACT, visit.store),
            in_doubt=not entry.by_hand and any(a.asked is not None for a in entry.accounts),
            what=what_to_do(entry, mode, visit.now_ms, words.HERE),
            said=words.SAID.get(asked(visit, "said")),
            **_of_mode(visit, mode),
        )
    )


def retry(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Have the POS told of an order again."""
    return _asked(visit, deps, DoOrder.RETRY, WebOrderId(int(visit.path["number"])))


def acknowledge(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Take somebody's word for it that an order was booked in the POS by hand."""
    number = WebOrderId(int(visit.path["number"]))
    if not filled(visit, "booked"):
        return see_other(address(visit.store, "orders", number, said="not_ticked"))
    seen = filled(visit, "seen")
    seen_ms = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < _LONGEST_MS else 0
    return _asked(visit, deps, DoOrder.ACK, number, seen_ms)


def take(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Have an order count that was placed before web orders were on."""
    number = _number(filled(visit, "number").strip().removeprefix("#"))
    if number is None:
        return see_other(address(visit.store, "orders", said="no_number"))
    return _asked(visit, deps, DoOrder.TAKE, number)


def oversold_page(visit: Visit, deps: ConsoleDeps) -> Answer:
    """List what was sold more often than there was, and say how one of it came about."""
    # Few visits ask for it, and an autopsy is a part of each start otherwise.
    from tillbridge.domain.autopsy import words as autopsy  # noqa: PLC0415 - as said above
    from tillbridge.usecases.console import oversold  # noqa: PLC0415 - likewise

    shown = oversold.show_oversold(deps, visit.store, asked(visit, "debt"))
    return Answer(
        page(
            "oversold.html",
            visit,
            tab="orders",
            connection=shown.connection,
            shown=shown,
            key_of=oversold.key_of,
            autopsy=autopsy,
            mode=shown.connection.settings.web_orders,
            modes=WebOrderMode,
        )
    )


def _asked(
    visit: Visit, deps: ConsoleDeps, do: DoOrder, number: WebOrderId, seen_ms: int = 0
) -> Answer:
    here = address(visit.store, "orders", number)
    try:
        ask_of_orders.ask_of_order(deps, visit.person, visit.store, do, number, seen_ms=seen_ms)
    except CannotAsk as why:
        return Answer(
            page(
                "trouble.html",
                visit,
                title="That cannot be asked for",
                words=str(why),
                back=here,
                back_words=f"Web order {number}",
            ),
            status=409,
        )
    return see_other(address(visit.store, "orders", number, said=do.value))


def _not_there(visit: Visit, number: WebOrderId, shown: OrderShown, mode: WebOrderMode) -> Answer:
    if asked(visit, "said") == DoOrder.TAKE.value:
        title, told = f"Web order {number}", words.SAID["take"]
    elif shown.order is not None:
        title = f"Web order {number} cannot be read"
        told = (
            "A later release may have written it. Its units count all the same; the log says more."
        )
    else:
        title = f"Web order {number} is not counted"
        told = (
            "Web orders are switched off."
            if mode is WebOrderMode.OFF
            else "BigCommerce has no such order, or it was placed before web orders were switched on."
        )
    back = address(visit.store, "orders")
    return missing(visit, title, told, back=back, back_words="All web orders")


def _of_mode(visit: Visit, mode: WebOrderMode) -> Mapping[str, Any]:
    return {
        "mode": mode,
        "modes": WebOrderMode,
        "number_of": number_of,
        "readable": lambda each: isinstance(each, OrderEntry),
        "order_status": lambda entry: words.order_status(entry, mode, visit.now_ms),
        "to_do": lambda entry: words.to_do(entry, mode, visit.now_ms),
        "status_words": status_words,
    }


def _line(line: Any, shown: OrderShown) -> Mapping[str, Any]:
    account = line.account
    return {
        "shown": line.shown,
        "owed": account.owed,
        "booked": account.bookings[-1].units if account.bookings else 0,
        "kept": open_of_line(line, shown.versions),
        "holder": account.holder,
    }


def _number(text: str) -> WebOrderId | None:
    """Return the order that a text names; None where it names none."""
    readable = text.isascii() and text.isdecimal() and len(text) < len(str(2**63))
    return WebOrderId(int(text)) if readable and 0 < int(text) <= HIGHEST_ORDER else None
