"""What a vendor's POS was asked in a demo: the calls, held against how many the API needs, and how late it was seen."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from cli.demo.state import Demo
from cli.deployment.connections import connection_of
from cli.pos.standing import standing_of
from cli.shapes.sides import DemoPos
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.call_log import Called
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId

ROWS, LEVELS = 200, 5_000
"""Rows of one answer, of the catalogue and of stock."""

LEVELS_CALL, ITEMS_CALL = "POST /inventory", "GET /products"

CONNECTING = 14
"""Calls of `pos connect`: retailer, registers, outlets, a page of each feed, names; and two of `store add`. Lists of
brands, suppliers and registers take a second call, which finds no more."""

DAILY = 9
"""Calls once a day: retailer, registers, a page of products, and names."""

HOOKS = 3
"""Calls once a day where hooks can be had: the list of them, and two that are made."""

_WROTE = frozenset({Did.CREATED, Did.UPDATED, Did.STOCK, Did.HIDDEN})


@dataclass(frozen=True, slots=True)
class VendorFigures:
    """`calls`: what Tillbridge asked of the vendor's POS, by method and path, and `most_calls` what its API needs for
    it at most. `refused`: calls over the quota (429). `lag`: median and 95th percentile of the seconds from the till
    to the web."""

    calls: Mapping[str, int]
    most_calls: int
    refused: int
    polls: int
    lag: tuple[float, float]

    @property
    def checks(self) -> dict[str, bool]:
        """The promises, each with whether it was kept."""
        return {
            "The POS throttled no call (429)": self.refused == 0,
            f"The POS was asked no more often than its API needs ({self.most_calls} calls)": sum(
                self.calls.values()
            )
            <= self.most_calls,
        }

    @property
    def rows(self) -> list[tuple[str, object]]:
        """The figures, as a demo's report shows them."""
        return [
            ("calls of the POS", sum(self.calls.values())),
            ("  the most its API needs for that", self.most_calls),
            ("  polls", self.polls),
            ("calls that the POS throttled (429)", self.refused),
        ]

    def json(self) -> DemoPos:
        """Return the figures by name, for `--json`."""
        return {
            "calls": dict(sorted(self.calls.items())),
            "most_calls": self.most_calls,
            "own_429": self.refused,
            "polls": self.polls,
        }


def vendor_figures(demo: Demo) -> VendorFigures | None:
    """Return what the POS was asked, None of one that tells of its changes itself."""
    shop = demo.world.pos
    if not isinstance(shop, LightspeedServer):
        return None
    ours = shop.account.calls.every(_is_ours)
    account = connection_of(demo.target, demo.store).pos_account
    polls = standing_of(demo.target, account).state.polls
    return VendorFigures(
        calls=Counter(f"{call.method} {call.path}" for call in ours),
        most_calls=_most(shop, polls),
        refused=sum(call.status == HTTPStatus.TOO_MANY_REQUESTS for call in ours),
        polls=polls,
        lag=_percentiles(list(_lags(demo, ours))),
    )


def _is_ours(call: Called) -> bool:
    # The oracle and the demo read the same API under a name of their own.
    return call.agent.startswith("tillbridge/")


def _most(shop: LightspeedServer, polls: int) -> int:
    """Return how many calls the API needs at most: two for a poll that finds little, one more for each page that is
    full; the first walk; and what is asked once. The overlap of polls may read a row a second time."""
    book = shop.account.book
    rows, levels = book.products.written, book.levels.written
    walk = (
        rows // ROWS + levels // LEVELS + 4
    )  # - of each feed its pages, the last, and an empty one
    again = 2 * (rows // ROWS + levels // LEVELS)
    return CONNECTING + DAILY + HOOKS + walk + 2 * polls + again


def _lags(demo: Demo, ours: Sequence[Called]) -> Iterable[float]:
    """Yield for each event of the day, and each product of it, the seconds until it was online: what a poll read after
    the event, a push wrote after that."""
    read = {
        each: [c.at for c in ours if f"{c.method} {c.path}" == each]
        for each in (LEVELS_CALL, ITEMS_CALL)
    }
    written = {each: _writes(demo, each) for each in demo.known}
    ids = {demo.world.pos.shop_unit(each, None)[0]: each for each in demo.known}
    for event in demo.world.events.entries[demo.events_before :]:
        happened = datetime.fromisoformat(event["detail"]["metadata"]["occurred_at"]).timestamp()
        feed = ITEMS_CALL if event["detail-type"].startswith("product.") else LEVELS_CALL
        seen = _first(read[feed], happened)
        for product in event["detail"]["data"].get("products", ()):
            wrote = written.get(ids.get(product["product_id"], ""), [])
            if seen is not None and (done := _first(wrote, seen)) is not None:
                yield done - happened


def _writes(demo: Demo, product: str) -> list[float]:
    lines = demo.target.history.of(demo.store, PosProductId(product), demo.day_began_ms, 10**13 - 1)
    return sorted(line.at_ms / 1_000 for line in lines if line.did in _WROTE)


def _first(moments: Sequence[float], since: float) -> float | None:
    place = bisect_left(moments, since)
    return moments[place] if place < len(moments) else None


def _percentiles(found: list[float]) -> tuple[float, float]:
    found.sort()
    if not found:
        return 0.0, 0.0
    half, most = (found[int(share * (len(found) - 1))] for share in (0.5, 0.95))
    return round(half, 1), round(most, 1)
