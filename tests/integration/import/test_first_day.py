"""The first day of a shop whose two sides both have many products: what is certain is linked, what
is not is left alone, and the next day's push neither doubles nor blanks anything."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.harness import STORE
from tests.import_house import ImportHouse
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.link import Link
from tillbridge.domain.link_candidates import Matches, match
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.web_product import WebProduct

PRODUCTS = [600, pytest.param(2_000, marks=pytest.mark.long)]
"""On each side. Both are several pages, and several requests of people."""

TWICE = 20
OTHER_SHAPE = 40

type Json = dict[str, Any]


@pytest.fixture
def house() -> Iterator[ImportHouse]:
    with ImportHouse() as running:
        yield running


def _sizes(number: int, *sizes: str) -> list[Json]:
    return [
        {
            "sku": f"S{number}{size}",
            "option_values": [{"name": "Size", "value": size}],
            "stock": {"o-main": "2"},
        }
        for size in sizes
    ]


def _online(number: int, *sizes: str) -> list[Json]:
    return [
        {
            "sku": f"S{number}{size}",
            "option_values": [{"option_display_name": "Size", "label": size}],
        }
        for size in sizes
    ]


def _both_sides(house: ImportHouse, total: int, same_sku: int) -> None:
    """Put both sides in place: 60 % match by SKU, some of them twice in the POS, some with other
    variants."""
    pos: list[Json] = []
    web: list[Json] = []
    for number in range(total):
        same = number < same_sku
        shaped = number < OTHER_SHAPE
        record: Json = {"id": f"p-{number}", "name": f"Thing {number}", "price": "10.00",
                        "description_html": f"POS text {number}"}  # fmt: skip
        online: Json = {"name": f"Web thing {number}", "price": 12,
                        "description": f"<b>Web text {number}</b>"}  # fmt: skip
        if shaped:
            record["variants"] = _sizes(number, "S", "M")
            online |= {"variants": _online(number, "S", "L"), "inventory_tracking": "variant"}
        else:
            record |= {"sku": f"S{number}", "stock": {"o-main": "3"}}
            online |= {"sku": f"S{number}" if same else f"W{number}", "inventory_level": 3}
        pos.append(record)
        web.append(online)
    pos += [
        {"id": f"p-duplicate-{number}", "name": f"Duplicate {number}", "sku": f"S{number}"}
        for number in range(OTHER_SHAPE, OTHER_SHAPE + TWICE)
    ]
    house.stocks(*pos)
    house.only_online(*web)


def _suggested(house: ImportHouse) -> Matches:
    connection = house.tables.stores.find(STORE)
    assert connection is not None
    reader = house.clients.catalogue_at(connection, 2**53)
    webs: list[WebProduct] = []
    page = reader.page(Ask(), 0)
    webs += page.products
    while page.more:
        page = reader.page(Ask(), page.last)
        webs += page.products
    pos = house.pos_catalogue()
    records = [record for page in pos.changed(0) for record in page.products]
    return match([record for record in records if not record.deleted], webs)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("total", PRODUCTS)
def test_exactly_what_is_certain_is_linked_and_the_next_day_harms_nothing(
    house: ImportHouse, total: int
) -> None:
    same_sku = total * 6 // 10
    _both_sides(house, total, same_sku)
    found = _suggested(house)
    certain = {f"p-{n}" for n in range(OTHER_SHAPE + TWICE, same_sku)}
    assert {c.record.id for c in found.candidates} == certain
    assert Counter("twice" if len(u.records) > 1 else "shape" for u in found.unsure) == {
        "twice": TWICE,
        "shape": OTHER_SHAPE,
    }
    before = {p["id"]: p for p in house.control.snapshot()["products"]}
    pairs = [(c.record.id, int(c.web.id)) for c in found.candidates]
    answers = [
        answer
        for at in range(0, len(pairs), 200)
        for answer in house.people_ask(LinkRequestKind.LINK, *pairs[at : at + 200])
    ]
    assert all(answer.done for answer in answers), [a.words for a in answers if not a.done][:3]
    dice = random.Random(4)
    for product in dice.sample(house.pos.catalogue.live(), total // 10):
        house.pos.save_product(product.id, price="11.00")
    house.settle(most=200)
    after = {p["id"]: p for p in house.control.snapshot()["products"]}
    assert after.keys() == before.keys()
    assert house.control.duplicates() == []
    linked = {int(link.id): link for link in _links(house) if link.id is not None}
    assert {link.product for link in linked.values()} == certain
    for number, product in after.items():
        if number in linked:
            record = house.pos.catalogue.get(linked[number].product)
            assert product["description"] == record.description_html != ""
            assert product["name"] == record.name
        else:
            assert product["description"] == before[number]["description"]
            assert product["name"] == before[number]["name"]
            assert product["price"] == before[number]["price"]
    verdict = house.verdict()
    assert verdict.mismatches == []


def _links(house: ImportHouse) -> list[Link]:
    ids = [PosProductId(product.id) for product in house.pos.catalogue.live()]
    return list(house.tables.links.get(STORE, ids).values())
