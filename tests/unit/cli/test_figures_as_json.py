"""The figures of `verify` and of the demos, as JSON on standard output."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import cli.demo.drift
import cli.demo.importing
import cli.demo.input
import cli.demo.play
import cli.demo.saturday_report
import cli.deployment.connections
import cli.sides.compare
from cli.asking.imports import ImportRun
from cli.demo.importing_outcome import ImportOutcome
from cli.demo.input import Input
from cli.demo.report import Outcome
from cli.demo.saturday import Saturday
from cli.verify.model import Duplicate, Mismatch, Named, Touch, Verdict
from cli.verify.order_model import OrderFinding
from tests.unit.cli.typed import typed

VERDICT = Verdict(
    mismatches=[Mismatch("p-1", 1, "stock", "5", "4", "too low", "red", "low")],
    behind=[Mismatch("p-2", None, "name", "a", "b", "differs")],
    missing_online=[Named("gone", "Mug", "p-3")],
    unknown_online=[Named("only there", "Jug", bc_id=7)],
    duplicates=[Duplicate("name", "Mug", ("1", "2"), "twice")],
    bigcommerce_owned_touched=[
        Touch(1, "sale_price", None, Decimal("7.50"), "touched", 3),
        Touch(1, "custom_fields", [{"name": "a", "weight": Decimal(2)}], [], "touched"),
    ],
    orders_wrong=[OrderFinding(1041, "booked_twice", "booked 2 times")],
)

type Play = Callable[..., Any]


def _day(**settings: Any) -> Outcome:
    return Outcome(
        products=1, variants=0, linked=0, failed=[{"product": "p-1", "code": "c", "words": "w"}],
        skipped_rows=[{"file": "f", "row": 1, "code": "c", "reason": "r"}], events=2, creates=1,
        updates=0, api_calls={"GET /x": 1}, least_calls=1, own_429=0, lag=(0.1, 0.2), seconds=1.0,
        verdict=VERDICT, dead_letters=0, happened={"sale": 1}, **settings,
    )  # fmt: skip


@pytest.fixture
def plays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each demo be played in no time, and badly."""
    imported = ImportOutcome(
        seeded=1, run=ImportRun("r", ()), departments=["Mugs"], skus=["A"], changed_online=[],
        lost_held=[], verdict=VERDICT, dead_letters=0, own_429=0, reads={"GET /x": 1},
        writes_of_import=0, edited=0, echoes=0,
    )  # fmt: skip
    monkeypatch.setattr(cli.demo.input, "read_input", lambda *_: Input([], notes=["odd"]))
    monkeypatch.setattr(cli.demo.play, "run_demo", lambda *_, **__: _day())
    monkeypatch.setattr(cli.demo.importing, "run_import_demo", lambda *_, **__: imported)
    found = Saturday(verified=["Web order 1: …"])
    monkeypatch.setattr(cli.demo.saturday_report, "play_saturday", lambda *_, **__: found)


def test_verify_prints_what_differs_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.deployment.connections, "choose", lambda *_: (None, "harbour"))
    monkeypatch.setattr(cli.sides.compare, "compare_sides", lambda *_: VERDICT)
    told = json.loads(typed("verify", "--json", status=1))
    assert told["ok"] is False
    first, second = told["bigcommerce_owned_touched"]
    assert (first["before"], first["after"]) == (None, "7.50")
    assert second["before"] == [{"name": "a", "weight": "2"}]


@pytest.mark.usefixtures("plays")
@pytest.mark.parametrize("how", [(), ("--drift",), ("--import",), ("--web-orders",)], ids=" ".join)
def test_a_demo_prints_its_figures_and_ends_with_1_when_a_promise_broke(
    how: tuple[str, ...],
) -> None:
    told = json.loads(typed("demo", *how, "--json", status=1))
    assert told["promises_broken"]
    assert ("drift" in told) is (how == ("--drift",))
