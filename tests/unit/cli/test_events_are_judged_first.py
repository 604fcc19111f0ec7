"""`put-event` sends what a function takes, and says of anything else why not, before it is on the bus."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.asking.events import wrong_with
from cli.main import app

EVENTS = Path(__file__).parents[3] / "events" / "bus"
KNOWN_BY_THE_FUNCTION_ALONE = {
    "poison.claim-check-bad-hash",
    "poison.claim-check-foreign-bucket",
    "poison.unknown-store",
}
"""What only a reading of a bucket or a table tells."""
TOLD_TO_OTHERS = {path.stem for path in EVENTS.glob("orders.*.json")} | {"canary.due"}
"""What Tillbridge itself puts on the bus."""

GOLDEN = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(EVENTS.glob("*.json"))
}
FINE = [
    name
    for name in GOLDEN
    if name not in TOLD_TO_OTHERS
    and (not name.startswith("poison.") or name in KNOWN_BY_THE_FUNCTION_ALONE)
]
WRONG = [name for name in GOLDEN if name not in FINE]


def _entries(name: str) -> list[dict[str, object]]:
    found = GOLDEN[name]
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize("name", [each for each in FINE if each != "neighbours"])
def test_an_event_that_a_function_takes_is_fine(name: str) -> None:
    assert [wrong_with(each) for each in _entries(name)] == [""] * len(_entries(name))


@pytest.mark.parametrize("name", WRONG)
def test_an_event_that_nobody_takes_says_why(name: str) -> None:
    assert any(wrong_with(each) for each in _entries(name))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sale.complete", "sale.completed"),
        ("product.save", "product.saved"),
        ("reconcile.request", "reconcile.requested"),
    ],
)
def test_a_mistyped_name_is_answered_with_the_one_that_was_meant(given: str, meant: str) -> None:
    said = wrong_with({"source": "pos.x", "detail-type": given, "detail": {}})
    assert said == f"Nobody listens to '{given}'. Did you mean '{meant}'?"


def test_a_name_like_none_is_answered_with_all() -> None:
    said = wrong_with({"source": "pos.x", "detail-type": "weather", "detail": {}})
    assert "Nobody listens to 'weather'." in said
    assert "stock_order.completed" in said


def test_who_is_not_heard_is_told() -> None:
    sale = {**_entries("sale.completed")[0], "source": "till.one"}
    assert "begins with 'pos.'" in wrong_with(sale)
    unlink = {**_entries("unlink.requested")[0], "source": "pos.reference"}
    assert "may ask for unlink.requested" in wrong_with(unlink)


def test_of_a_file_that_holds_one_wrong_event_nothing_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "two.json"
    file.write_text(json.dumps([*_entries("sale.completed"), *_entries("poison.no-products")]))
    done = CliRunner(env={"COLUMNS": "300"}).invoke(app, ["put-event", str(file)])
    assert done.exit_code == 2
    assert "Event 2 of" in done.output
    assert "was not sent" in done.output
    assert "--raw" in done.output


def test_events_come_from_standard_input_too() -> None:
    bad = json.dumps(_entries("poison.no-products")[0])
    done = CliRunner(env={"COLUMNS": "300"}).invoke(app, ["put-event", "-"], input=bad)
    assert done.exit_code == 2
    assert "The event of - was not sent." in done.output
