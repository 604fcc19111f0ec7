"""Events made by their name: as the store's POS would send them, or as a person's request."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ulid import ULID

from cli.asking.bus import new_job, request
from cli.cannot_run import WrongArguments
from tillbridge.domain.lanes import FROM_POS, WEB_ORDER_BOOKED

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """What an event is about: ids of POS products, and numbers of BigCommerce's products or orders."""

    products: Sequence[str] = ()
    numbers: Sequence[int] = ()


def made_events(
    detail_type: str, store: str, source: str, store_hash: str, about: Named
) -> list[Json]:
    """Return the events of this name, with the metadata that the contract asks for; where an event names one thing,
    one for each.

    `source`: who speaks for the store's POS. A name that nobody listens to is given back as a POS's event, to be
    judged like any other. Raise WrongArguments when it is not said what the event is about, or more than it tells."""
    if detail_type in _REQUESTS:
        takes, data_of = _REQUESTS[detail_type]
        _need(detail_type, takes, about)
        return [request(detail_type, store, data) for data in data_of(about)]
    if detail_type == WEB_ORDER_BOOKED:
        _need(detail_type, _BOTH, about)
        orders = [_booked(store_hash, each) for each in about.numbers]
        return [_of_pos(detail_type, store, source, _changed(about) | each) for each in orders]
    if detail_type in FROM_POS:
        _need(detail_type, _PRODUCTS, about)
    return [_of_pos(detail_type, store, source, _changed(about))]


def makeable() -> list[str]:
    """Return the names of the events that can be made: all that the functions hear from outside."""
    return sorted({*FROM_POS, *_REQUESTS})


def _of_pos(detail_type: str, store: str, source: str, data: Json) -> Json:
    now = datetime.now(UTC)
    metadata = {
        "event_id": str(ULID()),
        "schema_version": "1.0",
        "store_id": store,
        "occurred_at": now.isoformat(),
        "sequence": f"{int(now.timestamp() * 1_000_000):020}",
    }
    return {
        "source": source,
        "detail-type": detail_type,
        "detail": {"metadata": metadata, "data": data},
    }


def _changed(about: Named) -> Json:
    return {"products": [{"product_id": each, "version": 0} for each in about.products]}


def _booked(store_hash: str, order: int) -> Json:
    external_id = f"bigcommerce:{store_hash}:{order}"
    return {"web_order": {"external_id": external_id, "revision": 1, "lines": []}}


def _push(about: Named) -> list[Json]:
    return [{"product_ids": [*about.products]}]


def _link(about: Named) -> list[Json]:
    if len(about.products) != len(about.numbers):
        raise WrongArguments(
            "A link is of one product on each side: give a --number for each --product."
        )
    return [
        {"product_id": product, "bigcommerce_id": number}
        for product, number in zip(about.products, about.numbers, strict=True)
    ]


def _unlink(about: Named) -> list[Json]:
    return [{"product_id": each} for each in about.products]


def _undo(about: Named) -> list[Json]:
    return [{"links": [{"product_id": each} for each in about.products]}]


def _import(about: Named) -> list[Json]:
    return [{"bigcommerce_ids": [*about.numbers]}]


def _orders(about: Named) -> list[Json]:
    return [{"do": "retry", "orders": [*about.numbers]}]


def _reconcile(_about: Named) -> list[Json]:
    return [{"dry_run": True}]


def _plan(_about: Named) -> list[Json]:
    job = new_job()
    return [{"job": job, "plan": job}]


type _Takes = tuple[bool, bool]
"""Whether an event names products, and numbers of BigCommerce."""

_NOTHING, _PRODUCTS, _NUMBERS, _BOTH = (False, False), (True, False), (False, True), (True, True)

_REQUESTS: Mapping[str, tuple[_Takes, Callable[[Named], list[Json]]]] = {
    "push.requested": (_PRODUCTS, _push),
    "link.requested": (_BOTH, _link),
    "unlink.requested": (_PRODUCTS, _unlink),
    "undo.requested": (_PRODUCTS, _undo),
    "import.requested": (_NUMBERS, _import),
    "order.requested": (_NUMBERS, _orders),
    "reconcile.requested": (_NOTHING, _reconcile),
    "plan.requested": (_NOTHING, _plan),
}
"""What people ask for, as the commands of these names do."""


def _need(detail_type: str, takes: _Takes, about: Named) -> None:
    for taken, given, option in zip(
        takes,
        (about.products, about.numbers),
        ("--product ID, the id in the POS", "--number N, BigCommerce's number"),
        strict=True,
    ):
        if taken and not given:
            raise WrongArguments(f"Say what {detail_type} is about: {option}.")
        if given and not taken:
            raise WrongArguments(f"{detail_type} names none: leave out {option.partition(',')[0]}.")
