"""What happens is told once, a line a call, with why and for which products."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from unittest.mock import MagicMock

import pytest

from cli.deployment.watching import NewLines
from cli.screen.happening import happening, happening_json, happenings
from tests.builders import STORE
from tests.fakes.history import FakeCallLines
from tests.unit.cli.typed import typed
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.history.call_line import CallLine, MadeFor, ToldCall
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.slices import SliceRecord

AT = 1_795_262_400_000


def a_call(status: int = 200, said: str = "", left: int = 140) -> CallMade:
    return CallMade("PUT /catalog/products/{product_id}", AT, (214,), status, 412, left, said)


def for_(*ids: str, trigger: str = "sale.completed", events: int = 1) -> tuple[MadeFor, ...]:
    return tuple(MadeFor(PosProductId(each), "content", "e-1", trigger, events) for each in ids)


def test_a_line_says_when_why_for_what_and_how_it_was_answered() -> None:
    told = happening(STORE, ToldCall(a_call(), for_("m-7")))
    assert told == "12:00:00  harbour  a sale: m-7 → PUT /catalog/products/214 200, 412 ms"


def test_many_products_are_counted_and_several_causes_named() -> None:
    made_for = (*for_("m-1", "m-2", "m-3", "m-4"), *for_("m-5", trigger="product.saved"))
    told = happening(STORE, ToldCall(a_call(), made_for, more=80))
    assert "a sale and it was saved in the POS: m-1, m-2, m-3 and 82 more →" in told


def test_a_refusal_says_what_bigcommerce_said_and_no_answer_says_so() -> None:
    assert happening(STORE, ToldCall(a_call(422, "name taken"))).endswith("422, 412 ms: name taken")
    assert happening(STORE, ToldCall(a_call(0))).endswith("no answer")


def test_a_slice_that_ended_with_refusals_says_where_they_are() -> None:
    line = CallLine(AT, "t", AT, AT, (), SliceRecord(failed=2))
    assert list(happenings(STORE, line)) == [
        "12:00:00  harbour  2 products refused: `tillbridge list --status failed` says why"
    ]


def test_as_json_it_has_the_same() -> None:
    found = happening_json(STORE, ToldCall(a_call(left=-1), for_("m-7"), more=3))
    assert found["at"] == "2026-11-21T12:00:00.000Z"
    assert (found["products"], found["more_products"]) == (["m-7"], 3)
    assert (found["because"], found["quota_left"]) == (["sale.completed"], None)


@dataclass
class Deployment:
    """The lines of a deployment."""

    call_lines: FakeCallLines = field(default_factory=FakeCallLines)


def _keys(found: Sequence[tuple[StoreId, CallLine]]) -> list[str]:
    return [line.token for _, line in found]


def test_each_line_is_new_once_also_one_that_was_written_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.time_ns", lambda: AT * 1_000_000)
    there = Deployment()
    there.call_lines.write(STORE, [CallLine(AT, "before", AT, AT)])
    lines = NewLines(there, [STORE])  # type: ignore[arg-type]  # all that is asked of it
    assert _keys(list(lines.look())) == []
    there.call_lines.write(STORE, [CallLine(AT + 5, "b", AT, AT)])
    assert _keys(list(lines.look())) == ["b"]
    there.call_lines.write(STORE, [CallLine(AT + 2, "late", AT, AT)])
    assert _keys(list(lines.look())) == ["late"]
    assert _keys(list(lines.look())) == []


def test_a_moment_without_an_answer_does_not_end_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = iter([RetryLater("The table is busy."), KeyboardInterrupt()])

    class Busy:
        def __init__(self, *_: object) -> None: ...

        def look(self) -> None:
            raise next(looks)

    monkeypatch.setattr("cli.deployment.watching.NewLines", Busy)
    monkeypatch.setattr("cli.deployment.target.need_target", lambda _: MagicMock())
    monkeypatch.setattr("time.sleep", lambda _: None)
    said = typed("watch")
    assert "The table is busy. Still watching." in said
    assert "Stopped watching." in said
