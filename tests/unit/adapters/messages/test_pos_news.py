"""News of a POS on the bus: ten a call, what is not taken is put again, and what never is, is said."""

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from tillbridge.adapters.messages.bus_calls import A_CALL_BYTES, entry_bytes
from tillbridge.adapters.messages.pos_news import TIMES, BusPosNews
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreId
from tillbridge.domain.pos_news import SAVED, PosNews

type Entries = list[dict[str, str]]


class Bus:
    """A bus that notes what is put on it; `refuses`: so often it does not take a store's event."""

    def __init__(self, refuses: dict[str, int] | None = None) -> None:
        self.calls: list[Entries] = []
        self.refuses = refuses or {}

    def put_events(self, Entries: Entries) -> dict[str, Any]:  # noqa: N803 - boto3's name
        self.calls.append(Entries)
        return {"Entries": [self._answer(each["Detail"]) for each in Entries]}

    def _answer(self, detail: str) -> dict[str, str]:
        for store, times in self.refuses.items():
            if f'"{store}"' in detail and times:
                self.refuses[store] -= 1
                return {"ErrorCode": "ThrottlingException"}
        return {"EventId": "e"}


def _bus(bus: Bus) -> BusPosNews:
    return BusPosNews(lambda: bus, "till", lambda: None, "claims")  # type: ignore[arg-type, return-value]  # a client of one call


def _news(store: str, id_: str = "p") -> PosNews:
    products = tuple((PosProductId(f"{id_}-{number}"), number) for number in range(200))
    return PosNews(PosAccountKey("a"), "pos.x", SAVED, StoreId(store), products, 0)


def test_ten_events_go_in_a_call() -> None:
    bus = Bus()
    _bus(bus).tell([_news(f"s-{number}") for number in range(23)])
    assert [len(call) for call in bus.calls] == [10, 10, 3]


def test_no_call_has_more_bytes_than_the_bus_takes() -> None:
    bus = Bus()
    _bus(bus).tell([_news(f"s-{number}", "x" * 240) for number in range(20)])
    sizes = [sum(map(entry_bytes, call)) for call in bus.calls]  # type: ignore[arg-type]  # entries
    assert sum(map(len, bus.calls)) == 20
    assert max(sizes) <= A_CALL_BYTES


def test_what_is_not_taken_is_put_again_alone() -> None:
    bus = Bus({"s-1": TIMES - 1})
    _bus(bus).tell([_news("s-0"), _news("s-1")])
    assert [len(call) for call in bus.calls] == [2, *[1] * (TIMES - 1)]


def test_what_is_never_taken_is_told_again_later() -> None:
    with pytest.raises(RetryLater):
        _bus(Bus({"s-1": TIMES})).tell([_news("s-1")])


def test_a_bus_out_of_reach_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://events")

    bus = Bus()
    monkeypatch.setattr(bus, "put_events", down)
    with pytest.raises(RetryLater):
        _bus(bus).tell([_news("s-0")])
