"""Suggestions by SKU, then UPC, then exact name, each exactly one to one and of one shape."""

import time
from typing import Any

import pytest

from tests.builders import a_jumper, a_product, a_web_product
from tillbridge.domain.connection import Settings
from tillbridge.domain.first_push import counted, first_push
from tillbridge.domain.generated_skus import FIRST, sku_of
from tillbridge.domain.ids import StoreVariantId
from tillbridge.domain.link_candidates import Evidence, Matches, match
from tillbridge.domain.product import Barcodes
from tillbridge.domain.web_product import WebProduct, WebVariant


def a_web(number: int = 1, name: str = "Web", **fields: Any) -> WebProduct:
    return a_web_product(number, name, **fields)


def sized(*sizes: str) -> tuple[WebVariant, ...]:
    return tuple(
        WebVariant(StoreVariantId(n), f"JUMPER-{size}", (("size", size),))
        for n, size in enumerate(sizes, 1)
    )


def test_one_sku_on_each_side_is_a_candidate_whatever_its_case() -> None:
    found = match([a_product()], [a_web(sku="storm-lantern")])
    (candidate,) = found.candidates
    assert (candidate.evidence, candidate.shared) == (Evidence.SKU, ("storm-lantern",))


def test_upc_and_exact_name_count_where_no_sku_matches() -> None:
    records = [
        a_product("p-1", sku="A", name="One", barcodes=Barcodes(upc="012345678905")),
        a_product("p-2", sku="B", name="Two"),
        a_product("p-3", sku="C", name="Three"),
    ]
    webs = [a_web(1, "X", upc="012345678905"), a_web(2, "two"), a_web(3, "Threee")]
    found = match(records, webs)
    assert [(c.record.id, c.web.id, c.evidence) for c in found.candidates] == [
        ("p-1", 1, Evidence.UPC),
        ("p-2", 2, Evidence.NAME),
    ]


def test_a_sku_that_two_have_is_for_a_person_and_no_name_decides_it() -> None:
    records = [a_product("p-1", name="One"), a_product("p-2", name="Two")]
    found = match(records, [a_web(1, "One", sku="STORM-LANTERN")])
    assert found.candidates == []
    (unsure,) = found.unsure
    assert "2 POS products and 1 BigCommerce product share the SKU 'storm-lantern'" in unsure.words


def test_variants_match_by_their_skus_as_one_product() -> None:
    found = match([a_jumper("S", "M")], [a_web(1, "Jumper", variants=sized("S", "M"))])
    assert len(found.candidates) == 1


def test_other_shapes_are_told_and_not_suggested() -> None:
    found = match([a_jumper("S", "M")], [a_web(1, "Jumper", variants=sized("S", "L"))])
    assert found.candidates == []
    assert "Only BigCommerce has 'size: L'." in found.unsure[0].words


def test_a_product_with_variants_and_one_without_are_of_two_shapes() -> None:
    found = match([a_jumper("S", "M")], [a_web(1, "Jumper", sku="JUMPER-S")])
    assert "In the POS it has 2 variants, in BigCommerce none." in found.unsure[0].words


@pytest.mark.parametrize(("ours", "theirs"), [(" ", ""), ("\u200b", "\ufeff")])
def test_blank_codes_match_nothing(ours: str, theirs: str) -> None:
    assert match([a_product(sku=ours, name="One")], [a_web(1, "Two", sku=theirs)]) == Matches()


def test_the_first_push_is_counted_by_what_it_replaces_and_what_it_blanks() -> None:
    web = a_web(
        1, "Lantern", sku="STORM-LANTERN", description="<b>Ours</b>", brand="House", upc="1"
    )
    record = a_product(description="", brand="Pier & Sons")
    effects = counted(first_push(record, web, Settings()))
    assert effects["name", False] == 1
    assert effects["brand", False] == 1
    assert effects["description", True] == 1
    assert effects["UPC", True] == 1
    assert ("SKU", False) not in effects
    assert ("price", False) not in effects  # nothing was there


def test_a_large_catalogue_is_matched_in_moments() -> None:
    records = [a_product(f"p-{n}", sku=f"S{n}", name=f"Thing {n}") for n in range(20_000)]
    webs = [a_web(n + 1, f"Web {n}", sku=f"s{n}") for n in range(20_000)]
    began = time.process_time()
    assert len(match(records, webs).candidates) == 20_000
    assert time.process_time() - began < 10  # comparing each pair would take an hour


def test_what_came_in_is_found_by_the_sku_that_became_its_product_number() -> None:
    generated = next(filter(None, map(sku_of, range(FIRST, FIRST + 99))))
    record = a_product(sku=generated, product_number="WEB-1", name="Renamed")
    assert match([record], [a_web(sku="web-1")]).candidates[0].evidence is Evidence.SKU
    assert not match(
        [a_product(sku="OWN", product_number="WEB-1", name="x")], [a_web(sku="WEB-1")]
    ).candidates
