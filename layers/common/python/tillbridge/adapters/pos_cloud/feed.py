"""The port PosFeed over the POS API: changes by ascending version."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, override

import requests

from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.changes import changes_after, page_end
from tillbridge.adapters.pos_cloud.client import object_of, products_of, records_in
from tillbridge.adapters.pos_cloud.wire import version_of
from tillbridge.adapters.secrets import Token
from tillbridge.domain.errors import PosDown
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_feed import PosFeed, PosPage

OVERLAP_MS = 5 * 60_000
"""How long a POS may take to commit a record after giving it a version. Until then the record may
still appear below versions that have been read already."""


@dataclass(frozen=True, slots=True)
class PosCloudFeed(PosFeed):
    """The feed of the POS at `base_url`, callable until `deadline_ms` (epoch ms)."""

    base_url: str
    token: Token
    clock: Clock
    deadline_ms: int
    http: requests.Session

    @override
    def changes(self, since: int) -> PosPage:
        calls = PosCalls(self.base_url, self.token, self.clock, self.deadline_ms, self.http)
        answer = changes_after(calls, since)
        if answer.status >= 300:
            raise PosDown(
                f"The POS refuses to be read (status {answer.status}). Check the POS's URL."
            )
        body = object_of(answer)
        records, end = records_in(body), page_end(body)
        return PosPage(
            products=tuple(products_of(records)),
            next_version=end.next_version,
            more=end.has_more,
            settled=_settled(records, since, end.next_version, self.clock.now_ms()),
        )


def _settled(records: list[Any], since: int, next_version: int, now_ms: int) -> int:
    settled = since
    for record in records:
        if now_ms - _changed_ms(record, now_ms) < OVERLAP_MS:
            return settled
        settled = max(settled, version_of(record))
    return max(settled, next_version)


def _changed_ms(record: Any, now_ms: int) -> int:
    """Return when a record changed (epoch ms); 0 when it does not say, or names a time to come,
    because its version came in order."""
    try:
        when = datetime.fromisoformat(str(record["updated_at"]))
    except (KeyError, TypeError, ValueError):
        return 0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    changed = int(when.timestamp() * 1_000)
    return changed if changed <= now_ms + OVERLAP_MS else 0
