"""Duplicates among store products and links, found without a store."""

from __future__ import annotations

from typing import Any

from cli.verify.duplicates import duplicates


def a_product(number: int, name: str, sku: str, *variant_skus: str) -> dict[str, Any]:
    variants = [
        {"id": number * 100 + n, "sku": own, "option_values": [{"label": str(n)}]}
        for n, own in enumerate(variant_skus)
    ]
    base = {"id": number * 100 + 99, "sku": sku, "option_values": []}
    return {"id": number, "name": name, "sku": sku, "variants": variants or [base]}


def a_link(pos_id: str, bc_id: int | None, **variants: int) -> dict[str, Any]:
    return {"pos_id": pos_id, "bc_id": bc_id, "status": "linked", "variants": variants}


def kinds(links: list[dict[str, Any]], *products: dict[str, Any]) -> list[tuple[str, str]]:
    found = duplicates(links, {product["id"]: product for product in products})
    return [(twice.kind, twice.what) for twice in found]


def test_a_base_variant_repeats_its_products_sku_and_is_no_duplicate() -> None:
    assert kinds([], a_product(1, "Mug", "MUG"), a_product(2, "Jug", "JUG")) == []


def test_names_are_one_whatever_their_case() -> None:
    assert kinds([], a_product(1, "Mug", "A"), a_product(2, "mug ", "B")) == [("name", "Mug")]


def test_a_sku_is_one_across_products_and_variants() -> None:
    assert kinds([], a_product(1, "Mug", "M-S"), a_product(2, "Shirt", "", "m-s", "M-L")) == [
        ("sku", "M-S")
    ]


def test_blank_skus_are_no_duplicates() -> None:
    assert kinds([], a_product(1, "Mug", ""), a_product(2, "Jug", "")) == []


def test_two_links_that_share_a_variant_are_a_duplicate() -> None:
    assert kinds([a_link("p-1", 1, v1=101), a_link("p-2", 2, v2=101)]) == [("variant_link", "101")]


def test_links_that_are_not_online_share_nothing() -> None:
    assert kinds([a_link("p-1", None), a_link("p-2", None)]) == []
