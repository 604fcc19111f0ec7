"""Requests to link, unlink or undo, and the answers."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import batched
from types import MappingProxyType
from typing import Any

from cli.asking.bus import PRODUCTS_AN_EVENT, new_job, put, request
from cli.asking.imports import RequestStuck
from cli.asking.polling import poll
from cli.counted import counted
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link_requests import LinkAnswer

PATIENCE_S = 300.0

NOTHING_MORE: Mapping[str, Any] = MappingProxyType({})


def ask_links(
    target: Target,
    store: StoreId,
    detail_type: str,
    products: Sequence[dict[str, Any]],
    watch: Callable[[int], None] = lambda _: None,
    said: Mapping[str, Any] = NOTHING_MORE,
) -> list[LinkAnswer]:
    """Send requests of 200 products each and return every answer; call `watch` with their number. `said`: what
    each request says besides.

    Raise RequestStuck when nothing has moved for five minutes."""
    requests = DynamoLinkRequests(
        target.client("dynamodb"),
        target.outputs["pending_table"],
        target.outputs["stores_table"],
        target.outputs["history_table"],
        SystemClock(),
    )
    job, total = new_job(), len(products)
    parts = enumerate(batched(products, PRODUCTS_AN_EVENT, strict=False))
    entries = [
        request(
            detail_type,
            store,
            {
                "links": list(part),
                "total": total,
                "offset": number * PRODUCTS_AN_EVENT,
                **said,
            },
            job,
        )
        for number, part in parts
    ]
    put(target, entries)
    answers: list[LinkAnswer] = []

    def stuck(found: Sequence[LinkAnswer]) -> RequestStuck:
        return RequestStuck(
            f"{len(answers) + len(found)} of {counted(len(products), 'product')} are done, and nothing has "
            f"happened for {PATIENCE_S:.0f} s. The request stays in the queue; `tillbridge store "
            "list` says whether the store needs attention."
        )

    for entry in entries:
        asked = entry["detail"]["metadata"]["event_id"]
        wanted = len(entry["detail"]["data"]["links"])
        for found in poll(partial(requests.answers, store, asked), PATIENCE_S, stuck):
            watch(len(answers) + len(found))
            if len(found) == wanted:
                answers += found
                break
    return answers
