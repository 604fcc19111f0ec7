"""What the port of links promises of reading, kept by the fake and by DynamoDB."""

from dataclasses import fields

from tests.builders import JUMPER, LANTERN, STORE, a_link, linked_variants
from tests.contract.ports.linked import a_full_link, the_link
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.ports.links import Links


def test_everything_of_a_link_comes_back_as_it_was_written(links: Links) -> None:
    links.linked(STORE, a_full_link())

    assert the_link(links, JUMPER) == a_full_link()


def test_the_full_link_of_these_tests_leaves_no_field_at_its_default() -> None:
    blank, full = Link(JUMPER, LinkStatus.LINKED), a_full_link()
    refused_only = {"problem", "failed_version"}
    same = {f.name for f in fields(Link) if getattr(blank, f.name) == getattr(full, f.name)}

    assert same == {"product", "status", *refused_only}, "a new field must come back too"


def test_only_links_there_are_are_answered(links: Links) -> None:
    links.linked(STORE, a_link())

    assert set(links.get(STORE, [JUMPER, LANTERN, LANTERN])) == {LANTERN}
    assert links.get(STORE, []) == {}


def test_many_links_are_read_at_once(links: Links) -> None:
    products = [PosProductId(f"p-{number}") for number in range(120)]
    for number, product in enumerate(products, start=1):
        links.linked(STORE, a_link(product, id=StoreProductId(number)))

    assert set(links.get(STORE, products)) == set(products)
    assert (
        links.holders(STORE, [StoreProductId(n) for n in range(1, 121)])[StoreProductId(7)]
        == (products[6])
    )


def test_stores_do_not_see_each_other(links: Links) -> None:
    other = StoreId("lighthouse")
    links.linked(STORE, a_link())
    links.linked(other, a_link(JUMPER))

    assert links.get(other, [LANTERN]) == {}
    assert links.holders(STORE, [StoreProductId(101)]) == {101: LANTERN}
    assert links.holders(other, [StoreProductId(101)]) == {101: JUMPER}


def test_a_product_of_six_hundred_variants_fits_one_link(links: Links) -> None:
    sizes = [f"{number}" for number in range(600)]
    link = a_link(JUMPER, variants=linked_variants(*sizes))
    links.linked(STORE, link)

    assert the_link(links, JUMPER) == link
