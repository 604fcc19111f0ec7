"""What polls tell, on the EventBridge bus; long lists of products lie in S3 (docs/pos-vendors.md)."""

import gzip
import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.messages.bus_calls import in_calls
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.pos_news import MOST_LISTED, PosNews
from tillbridge.ports.pos_news import PosNewsBus

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef
    from mypy_boto3_s3 import S3Client

TIMES = 3
"""So often an event is put that the bus did not take out of a call which it took."""

_NOT_TAKEN = "The bus takes no events. You need not do anything: Tillbridge tells them again."

type _Put = tuple[PosNews, "PutEventsRequestEntryTypeDef"]

log = logging.getLogger(__name__)


class BusPosNews(PosNewsBus):
    """Events on a bus, by its name, and lists in a bucket, below `polls/`. The clients are asked for when there is
    something to tell."""

    def __init__(
        self,
        events: "Callable[[], EventBridgeClient]",
        bus: str,
        s3: "Callable[[], S3Client]",
        bucket: str,
    ) -> None:
        self._events = events
        self._bus = bus
        self._s3 = s3
        self._bucket = bucket

    @override
    def tell(self, news: Sequence[PosNews]) -> None:
        try:
            for some in in_calls([(each, self._entry(each)) for each in news]):
                self._put(some)
        except (ClientError, BotoCoreError) as trouble:
            log.warning("news of the POS is not taken", extra={"why": str(trouble)})
            raise RetryLater(_NOT_TAKEN) from trouble

    def _put(self, some: Sequence[_Put]) -> None:
        for _ in range(TIMES):
            answer = self._events().put_events(Entries=[entry for _, entry in some])
            answers = zip(some, answer["Entries"], strict=True)
            some = [each for each, said in answers if "ErrorCode" in said]
            if not some:
                return
        raise RetryLater(_NOT_TAKEN)

    def _entry(self, news: PosNews) -> "PutEventsRequestEntryTypeDef":
        when = datetime.fromtimestamp(news.occurred_ms / 1_000, UTC)
        metadata = {
            "event_id": news.id,
            "schema_version": "1.0",
            "store_id": news.store,
            "occurred_at": when.isoformat(),
            "sequence": f"{max(version for _, version in news.products):020d}",
        }
        detail = {"metadata": metadata, "data": self._data(news)}
        return {
            "Source": news.source,
            "DetailType": news.type,
            "Detail": json.dumps(detail, ensure_ascii=False, separators=(",", ":")),
            "EventBusName": self._bus,
        }

    def _data(self, news: PosNews) -> dict[str, Any]:
        listed = [{"product_id": product, "version": version} for product, version in news.products]
        return self._claim(news, listed) if len(listed) > MOST_LISTED else {"products": listed}

    def _claim(self, news: PosNews, listed: Sequence[dict[str, Any]]) -> dict[str, Any]:
        lines = "".join(json.dumps(each, separators=(",", ":")) + "\n" for each in listed)
        body = gzip.compress(lines.encode(), mtime=0)
        # The same news has the same object, so telling it again leaves no second one.
        key = f"polls/{news.account}/{news.id}.ndjson.gz"
        self._s3().put_object(Bucket=self._bucket, Key=key, Body=body)
        return {
            "dataref": f"s3://{self._bucket}/{key}",
            "dataref_sha256": hashlib.sha256(body).hexdigest(),
            "dataref_content_type": "application/x-ndjson",
            "product_count": len(listed),
        }
