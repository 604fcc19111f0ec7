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
    """Return the events of this name, with the metadata that the contract asks for; one, or where an event
    names one product, one for each.

    `source`: who speaks for the store's POS. A name that nobody listens to is given back as a POS's event, to be
    judged like any other. Raise WrongArguments when it is not said what the event is about."""
    if detail_type in _REQUESTS:
        return [request(detail_type, store, data) for data in _REQUESTS[detail_type](about)]
    now = datetime.now(UTC)
    metadata = {
        "event_id": str(ULID()),
        "schema_version": "1.0",
        "store_id": store,
        "occurred_at": now.isoformat(),
        "sequence": f"{int(now.timestamp() * 1_000_000):020}",
    }
    data: Json = {"products": [{"product_id": each, "version": 0} for each in about.products]}
    if detail_type == WEB_ORDER_BOOKED:
        data |= {"web_order": _booked(store_hash, about)}
    elif detail_type in FROM_POS:
        _need_products(about)
    return [
        {
            "source": source,
            "detail-type": detail_type,
            "detail": {"metadata": metadata, "data": data},
        }
    ]


def makeable() -> list[str]:
    """Return the names of the events that can be made: all that the functions hear from outside."""
    return sorted({*FROM_POS, *_REQUESTS})


def _booked(store_hash: str, about: Named) -> Json:
    (order,) = _need_numbers(about, "an order")[:1]
    return {"external_id": f"bigcommerce:{store_hash}:{order}", "revision": 1, "lines": []}


def _push(about: Named) -> list[Json]:
    return [{"product_ids": [*_need_products(about)]}]


def _link(about: Named) -> list[Json]:
    products, numbers = _need_products(about), _need_numbers(about, "a product")
    if len(products) != len(numbers):
        raise WrongArguments(
            "A link is of one product on each side: give a --number for each --product."
        )
    return [
        {"product_id": product, "bigcommerce_id": number}
        for product, number in zip(products, numbers, strict=True)
    ]


def _unlink(about: Named) -> list[Json]:
    return [{"product_id": each} for each in _need_products(about)]


def _undo(about: Named) -> list[Json]:
    return [{"links": [{"product_id": each} for each in _need_products(about)]}]


def _import(about: Named) -> list[Json]:
    return [{"bigcommerce_ids": [*_need_numbers(about, "a product")]}]


def _orders(about: Named) -> list[Json]:
    return [{"do": "retry", "orders": [*_need_numbers(about, "an order")]}]


def _plan(_about: Named) -> list[Json]:
    job = new_job()
    return [{"job": job, "plan": job}]


_REQUESTS: Mapping[str, Callable[[Named], list[Json]]] = {
    "push.requested": _push,
    "link.requested": _link,
    "unlink.requested": _unlink,
    "undo.requested": _undo,
    "import.requested": _import,
    "order.requested": _orders,
    "reconcile.requested": lambda _about: [{"dry_run": True}],
    "plan.requested": _plan,
}
"""What people ask for, as the commands of these names do."""


def _need_products(about: Named) -> Sequence[str]:
    if not about.products:
        raise WrongArguments("Say which products this is about: --product ID, the id in the POS.")
    return about.products


def _need_numbers(about: Named, what: str) -> Sequence[int]:
    if not about.numbers:
        raise WrongArguments(f"Say what this is about: --number N, BigCommerce's number of {what}.")
    return about.numbers
