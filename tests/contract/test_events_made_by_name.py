"""Every type of event has a golden one; `tillbridge trigger` makes what functions hear from outside, and keeps the
contract."""

import json
from pathlib import Path

import pytest

from cli.asking.events import wrong_with
from cli.asking.made_events import Named, made_events, makeable
from cli.cannot_run import WrongArguments
from tests.contract.event_schemas import ROOT, complaints, schema_paths
from tillbridge.domain.lanes import CANARY_DUE

PRODUCTS, NUMBERS = ["m-7", "m-8"], [111, 112]
ABOUT = {
    "import.requested": Named((), NUMBERS),
    "order.requested": Named((), NUMBERS),
    "link.requested": Named(PRODUCTS, NUMBERS),
    "web_order.booked": Named(PRODUCTS, NUMBERS),
    "reconcile.requested": Named(),
    "plan.requested": Named(),
}
"""What each type is about, those that name products alone left out."""
GOLDEN = [
    entry
    for path in sorted((ROOT / "events" / "bus").glob("*.json"))
    if not path.stem.startswith("poison.")
    for found in [json.loads(path.read_text(encoding="utf-8"))]
    for entry in (found if isinstance(found, list) else [found])
]


def _type_of(schema: Path) -> str:
    return schema.name.removesuffix(".schema.json")


@pytest.mark.parametrize("folder", ["", "orders"])
def test_every_type_of_event_has_a_golden_one(folder: str) -> None:
    wanted = {_type_of(path) for path in schema_paths() if path.parent.name == (folder or "events")}
    ours = "tillbridge.orders"
    told = {each["detail-type"] for each in GOLDEN if (each["source"] == ours) == bool(folder)}
    assert wanted - {"common"} == told


def test_all_that_is_heard_from_outside_can_be_made() -> None:
    from_outside = {_type_of(path) for path in schema_paths() if path.parent.name == "events"}
    assert set(makeable()) == from_outside - {"common", CANARY_DUE}


@pytest.mark.parametrize("detail_type", makeable())
def test_what_is_made_keeps_the_contract_and_is_taken(detail_type: str) -> None:
    about = ABOUT.get(detail_type, Named(PRODUCTS))
    made = made_events(detail_type, "demo", "pos.mini", "abc123", about)
    assert made
    for entry in made:
        assert entry["detail-type"] == detail_type
        assert complaints(entry) == []
        assert wrong_with(entry) == ""


@pytest.mark.parametrize(
    "detail_type",
    [each for each in makeable() if ABOUT.get(each) != Named()],
)
def test_what_it_is_about_must_be_said(detail_type: str) -> None:
    with pytest.raises(WrongArguments, match=r"--product ID|--number N"):
        made_events(detail_type, "demo", "pos.mini", "abc123", Named())


@pytest.mark.parametrize(
    ("detail_type", "about", "option"),
    [
        ("sale.completed", Named(PRODUCTS, NUMBERS), "--number"),
        ("import.requested", Named(PRODUCTS, NUMBERS), "--product"),
        ("reconcile.requested", Named(PRODUCTS), "--product"),
    ],
)
def test_what_an_event_does_not_tell_is_not_dropped_in_silence(
    detail_type: str, about: Named, option: str
) -> None:
    with pytest.raises(WrongArguments, match=f"{detail_type} names none: leave out {option}"):
        made_events(detail_type, "demo", "pos.mini", "abc123", about)


def test_each_order_that_was_booked_is_an_event() -> None:
    made = made_events("web_order.booked", "demo", "pos.mini", "abc123", ABOUT["web_order.booked"])
    assert [each["detail"]["data"]["web_order"]["external_id"] for each in made] == [
        "bigcommerce:abc123:111",
        "bigcommerce:abc123:112",
    ]


def test_links_are_made_in_pairs() -> None:
    links = made_events("link.requested", "demo", "pos.mini", "abc123", ABOUT["link.requested"])
    assert [each["detail"]["data"] for each in links] == [
        {"product_id": "m-7", "bigcommerce_id": 111},
        {"product_id": "m-8", "bigcommerce_id": 112},
    ]
    with pytest.raises(WrongArguments, match="a --number for each --product"):
        made_events("link.requested", "demo", "pos.mini", "abc123", Named(["m-7"], [1, 2]))


def test_a_name_that_nobody_listens_to_is_judged_like_any_other() -> None:
    (made,) = made_events("sale.complete", "demo", "pos.mini", "abc123", Named(PRODUCTS))
    assert "Did you mean 'sale.completed'?" in wrong_with(made)


def test_two_events_have_two_ids() -> None:
    ids = {
        made_events("sale.completed", "demo", "pos.mini", "abc123", Named(PRODUCTS))[0]["detail"][
            "metadata"
        ]["event_id"]
        for _ in range(2)
    }
    assert len(ids) == 2
