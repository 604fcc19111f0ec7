"""The port PosFeed over the POS API: changes by ascending version, 500 a call."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, override

import requests

from tillbridge.adapters.pos_cloud.calls import PosCall, PosCalls, TokenProvider
from tillbridge.adapters.pos_cloud.client import product_of
from tillbridge.domain.errors import PosDown
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_feed import FEED_PAGE, PosFeed, PosPage

OVERLAP_MS = 5 * 60_000
"""How long a POS may take to commit a record after giving it a version. Until then the record may
still appear below versions that have been read already."""


@dataclass(frozen=True, slots=True)
class PosCloudFeed(PosFeed):
    """The feed of the POS at `base_url`, callable until `deadline_ms` (epoch ms)."""

    base_url: str
    token: TokenProvider
    clock: Clock
    deadline_ms: int
    http: requests.Session

    @override
    def changes(self, since: int) -> PosPage:
        calls = PosCalls(self.base_url, self.token, self.clock, self.deadline_ms, self.http)
        query = {
            "since_version": str(since),
            "limit": str(FEED_PAGE),
            "include_deleted": "true",
        }
        answer = calls.send(PosCall("GET", "/v1/products", query=query))
        if answer.status >= 300:
            raise PosDown(
                f"The POS refuses to be read (status {answer.status}). Check the POS's URL."
            )
        try:
            body = json.loads(answer.body, parse_float=Decimal)
            records, next_version = list(body["data"]), int(body["next_version"])
            more = bool(body["has_more"])
        except (ValueError, KeyError, TypeError) as error:
            raise PosDown("The POS's answer is not a page of changes.") from error
        return PosPage(
            products=tuple(map(product_of, records)),
            next_version=next_version,
            more=more,
            settled=_settled(records, since, next_version, self.clock.now_ms()),
        )


def _settled(records: list[Any], since: int, next_version: int, now_ms: int) -> int:
    settled = since
    for record in records:
        if now_ms - _changed_ms(record) < OVERLAP_MS:
            return settled
        settled = int(record["version"])
    return max(settled, next_version)


def _changed_ms(record: Any) -> int:
    """Return when a record changed (epoch ms); 0 when it does not say, because its version came in
    order."""
    try:
        when = datetime.fromisoformat(str(record["updated_at"]))
    except (KeyError, ValueError):
        return 0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return int(when.timestamp() * 1_000)
