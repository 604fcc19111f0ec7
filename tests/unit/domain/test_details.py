"""What is kept of the content of each side of a product: as much as fits, whatever the texts are."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_link, a_product, a_web_product
from tillbridge.domain.connection import Settings
from tillbridge.domain.details.composing import (
    after_sending,
    pos_detail,
    sent_content,
    web_detail,
)
from tillbridge.domain.details.detail import Detail, described
from tillbridge.domain.details.packing import packed, unpacked
from tillbridge.domain.history.fields_sent import values_sent
from tillbridge.domain.ids import PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.link import LinkedVariant
from tillbridge.domain.product import Barcodes, Variant
from tillbridge.domain.web_product import WebVariant

ROOM = 3_900
NUMBER = StoreProductId(101)


def kept(detail: Detail, room: int = ROOM) -> Detail:
    body = packed(detail, room)
    assert len(body) <= room
    return unpacked(detail.side, detail.id, body)


def test_an_ordinary_product_is_kept_whole_and_small() -> None:
    detail = pos_detail(a_product(variants=tuple(_sizes(40))), 5)
    assert kept(detail) == detail
    assert kept(detail).seen_ms == 5
    assert len(packed(pos_detail(a_product(), 5), ROOM)) < 500


def test_stock_and_versions_are_no_content() -> None:
    record = a_product()
    sold = replace(record, version=record.version + 1, stock=())
    assert pos_detail(sold, 9).digest == pos_detail(record, 5).digest
    assert pos_detail(replace(record, price=Decimal("39.900")), 5) == pos_detail(record, 5)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Lamp"},
        {"description": "x" * 3_000 + "!"},
        {"barcodes": Barcodes(upc="012345678905")},
        {"active": False},
        {"deleted": True},
        {"unknown": frozenset({"mpn"})},
        {"images": ("https://pos.example/a.jpg",)},
        {"variants": (Variant(PosVariantId("v-1"), "V-1", (("Size", "M"),)),)},
    ],
    ids=str,
)
def test_what_changes_in_the_content_changes_the_digest(change: dict[str, object]) -> None:
    record = a_product(description="x" * 3_000)
    assert pos_detail(replace(record, **change), 5).digest != pos_detail(record, 5).digest  # type: ignore[arg-type]  # of many types


def test_a_signature_of_an_image_is_no_content() -> None:
    signed = [
        pos_detail(
            a_product(images=(f"https://pos.example/a.jpg?Signature={each}&Expires={n}",)), 5
        )
        for n, each in enumerate("ab")
    ]
    assert signed[0].digest == signed[1].digest


def test_what_finds_no_room_is_counted() -> None:
    hostile = [
        Variant(
            PosVariantId(f"v{n}" * 40), f"{n:x}{n * 7919:x}" * 30, (("Size", f"{n * 31}" * 40),)
        )
        for n in range(600)
    ]
    found = kept(pos_detail(a_product(variants=tuple(hostile)), 5))
    assert found.left + len(found.variants) == 600
    assert found.cut
    assert found.values["name"] == "Storm Lantern"


@given(
    st.text(max_size=400),
    st.text(max_size=3_000),
    st.integers(min_value=300, max_value=ROOM),
)
def test_nothing_is_too_much(name: str, description: str, room: int) -> None:
    record = a_product(
        name=name * 20,
        description=description * 3,
        brand=name,
        sku=name,
        images=tuple(f"https://x/{name}{n}" for n in range(90)),
        variants=tuple(_sizes(300)),
    )
    found = kept(pos_detail(record, 5), room)
    assert found.left + len(found.variants) == 300


def test_a_description_is_kept_in_part_and_known_in_whole() -> None:
    told = described("<p>Burns</p>\r\n" * 1_000)
    assert (len(told["text"]), told["formatted"], told["length"]) == (2_000, True, 14_000)
    assert told["form"] == described("<p>Burns</p>\n" * 1_000)["form"]
    assert told["form"] != described("<p>Burns</p>\n" * 999)["form"]
    assert not described("5 < 6 and salt & pepper")["formatted"]


def test_what_is_sent_is_online_as_it_is_read_back() -> None:
    record, link = a_product(brand="Harbour", condition="Used"), a_link()
    sent = sent_content(values_sent(record, link, Settings()), moved=True)
    found = after_sending(None, NUMBER, link, sent, 5)
    web = a_web_product(
        name=record.name,
        sku=record.sku,
        description=record.description,
        price=record.price,
        cost=Decimal(18),
        brand="Harbour",
        condition="Used",
        tracking="product",
        type="physical",
        mpn="",
        bin_picking_number="",
    )
    read = web_detail(web, 7, linked=True).values
    assert found is not None
    assert {name: read[name] for name in found.values if name != "type"} == {
        name: value for name, value in found.values.items() if name != "type"
    }


def test_what_was_not_sent_stays_as_it_was_read() -> None:
    link = a_link(
        variants={PosVariantId("v.1"): LinkedVariant(StoreVariantId(7), options=(("Size", "M"),))}
    )
    web = a_web_product(
        condition="Used", variants=(WebVariant(StoreVariantId(7), price=Decimal(9)),)
    )
    there = web_detail(web, 5, linked=True)
    sent = sent_content({"name": "Lamp", "brand_id": 0, "v.1.sku": "S-1"}, moved=True)
    found = after_sending(there, NUMBER, link, sent, 9)
    assert found is not None
    assert found.values == {**there.values, "name": "Lamp", "brand": ""}
    assert found.variants == ({**there.variants[0], "options": [["Size", "M"]], "sku": "S-1"},)


def test_the_same_once_more_is_no_news_of_a_product_that_had_no_room() -> None:
    there = replace(web_detail(a_web_product(), 5, linked=True), cut=True)
    again = sent_content({"name": "Storm Lantern"}, moved=False)
    assert after_sending(there, NUMBER, a_link(), again, 9) is None
    assert after_sending(there, NUMBER, a_link(), replace(again, moved=True), 9) is not None


def _sizes(count: int) -> list[Variant]:
    return [
        Variant(PosVariantId(f"v-{n}"), f"LAMP-{n}", (("Size", str(n)),), price=Decimal(n))
        for n in range(count)
    ]
