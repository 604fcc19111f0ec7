"""The queues between the functions, in this process: the bus with its bucket, and the queue of a store."""

import json
from typing import Any

from sandbox.pos.claim_check import MemoryObjects
from tests.builders import OWN_ACCOUNT
from tests.fakes.clock import FakeClock
from tillbridge.domain.ids import StoreId


class Bus:
    """EventBridge and S3 for `BusPosNews`: events lie in `waiting` until they are delivered. `told`: of each product the
    highest version that was told. `refuses`: so many next calls are not taken."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.objects = MemoryObjects()
        self.told: dict[str, int] = {}
        self.refuses = 0

    def put_events(self, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803 - as AWS names it
        if self.refuses:
            self.refuses -= 1
            return {"Entries": [{"ErrorCode": "InternalFailure"} for _ in Entries]}
        for entry in Entries:
            detail = json.loads(entry["Detail"])
            event = {"source": entry["Source"], "detail-type": entry["DetailType"]}
            envelope = {"version": "0", "id": "bus-1", "account": OWN_ACCOUNT}
            self.waiting.append(json.dumps(envelope | event | {"detail": detail}))
        return {"Entries": [{} for _ in Entries]}

    def put_object(self, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803 - as AWS names it
        self.objects.objects[f"s3://{Bucket}/{Key}"] = Body


class Signals:
    """The store's queue, and its delayed wakes, in virtual time."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.signalled = False
        self.wake_at: list[int] = []

    def signal(self, store: StoreId) -> None:
        self.signalled = True

    def signal_all(self, stores: Any) -> Any:
        self.signalled = True
        return []

    def wake(self, store: StoreId, seconds: float) -> None:
        self.wake_at.append(self.clock.now_ms() + round(seconds * 1_000))

    def wake_due(self) -> None:
        """Signal for the wakes whose time has come."""
        now = self.clock.now_ms()
        self.signalled |= any(at <= now for at in self.wake_at)
        self.wake_at = [at for at in self.wake_at if at > now]
