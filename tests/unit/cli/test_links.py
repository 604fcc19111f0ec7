"""`links export`, `links import` and `links rebuild`: what they say, ask for, and leave out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cli.deployment import connections, links
from cli.screen import waiting
from cli.shapes.links import Answer
from cli.sides import imported_links, link_rebuild
from cli.sides.link_plan import BothSides
from tests.builders import (
    STORE,
    a_connection,
    a_jumper,
    a_link,
    a_product,
    a_web_product,
    an_intent,
)
from tests.fakes.links import FakeLinks
from tests.fakes.stores import FakeStores
from tests.unit.cli.typed import typed
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link, LinkStatus
from tillbridge.domain.lost_links import rebuild
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct

HEADER = "store_hash,product_id,bigcommerce_id\n"


class Shop:
    """A deployment in memory with one store; what is asked for is noted, and done in the links."""

    def __init__(self) -> None:
        self.stores, self.links = FakeStores([a_connection()]), FakeLinks()
        self.every: list[Link] = []
        self.pos: dict[str, Product] = {}
        self.web: dict[int, WebProduct] = {}
        self.asked: list[list[tuple[str, int]]] = []

    def has(self, product: str, number: int) -> None:
        self.pos[product] = a_product(product, name=product)
        self.web[number] = a_web_product(number, product)

    def change_links(
        self, _t: Any, _s: Any, kind: str, pairs: Sequence[Any], _d: str
    ) -> list[Answer]:
        assert kind == "link.requested"
        self.asked.append([(each["product_id"], each["bigcommerce_id"]) for each in pairs])
        for product, number in self.asked[-1]:
            self.links.linked(STORE, a_link(product, id=StoreProductId(number)))
        return [
            {"product": product, "bigcommerce_id": number, "done": True, "words": ""}
            for product, number in self.asked[-1]
        ]

    def sides(self, *_: Any) -> BothSides:
        return BothSides(
            lambda ids: {each: self.pos[each] for each in ids if each in self.pos},
            lambda ids: {each: self.web[each] for each in ids if each in self.web},
        )


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    monkeypatch.setattr(connections, "need_target", lambda _: made)
    monkeypatch.setattr(links, "each_link", lambda *_: iter(made.every))
    monkeypatch.setattr(imported_links, "both_sides", made.sides)
    monkeypatch.setattr(waiting, "change_links", made.change_links)
    return made


def a_file(folder: Path, *rows: str) -> str:
    file = folder / "links.csv"
    file.write_text(HEADER + "".join(f"hbr1,{row}\n" for row in rows))
    return str(file)


def test_an_export_is_what_an_import_reads(shop: Shop, tmp_path: Path) -> None:
    shop.every = [
        a_link("p-1", id=StoreProductId(7)),
        a_link("p-2", id=StoreProductId(8), status=LinkStatus.FAILED),
        a_link("p-3", id=None, status=LinkStatus.FAILED),
    ]
    shop.has("p-1", 7)
    shop.has("p-2", 8)
    file = tmp_path / "links"
    for kind in ("csv", "jsonl"):
        text = typed("links", "export", "--format", kind)
        assert "2 links of 'harbour'." in text
        assert "1 left out: they have no product in BigCommerce." in text
        file.write_text(
            "".join(
                line for line in text.splitlines(True) if "hbr1" in line or "store_hash" in line
            )
        )
        assert "Link these" not in typed("links", "import", str(file), "--dry-run")
        assert shop.asked == []
    typed("links", "import", str(file), answer="y\n")
    assert shop.asked == [[("p-1", 7), ("p-2", 8)]]


def test_a_plan_says_what_is_linked_already_contradicts_and_is_gone(
    shop: Shop, tmp_path: Path
) -> None:
    for number, product in enumerate(("new", "linked", "moved", "gone-online", "shaped"), 1):
        shop.has(product, number)
    shop.has("held", 60)
    shop.has("comes", 70)
    shop.has("made", 80)
    shop.pos["shaped"] = a_jumper("S", id=PosProductId("shaped"))
    del shop.web[4]
    shop.links.linked(STORE, a_link("linked", id=StoreProductId(2)))
    shop.links.linked(STORE, a_link("moved", id=StoreProductId(33)))
    shop.links.linked(STORE, a_link("holder", id=StoreProductId(60)))
    shop.links.reserve(STORE, StoreProductId(70))
    shop.links.begin(STORE, an_intent("made"))
    file = a_file(
        tmp_path,
        *("new,1", "linked,2", "moved,3", "gone-online,4", "shaped,5", "held,60", "comes,70"),
        *("made,80", "gone-in-pos,90", "new,1", "odd,x", "two,91", "two,92", "one,93", "other,93"),
    )
    told = typed("links", "import", file, "--yes", status=1)
    assert shop.asked == [[("new", 1)]], "what nothing contradicts is linked all the same"
    for line, words in {
        4: "Unlink it first: tillbridge unlink moved",
        5: "BigCommerce has no product #4 any more",
        6: "Their variants differ",
        7: "Unlink that first: tillbridge unlink holder",
        8: "tillbridge import --id 70",
        9: "is being created in BigCommerce right now",
        10: "The POS has no product gone-in-pos any more",
        12: "is no BigCommerce number",
        13: "Line 14 links it to another",
        14: "Line 13 links it to another",
        15: "Line 16 links it to another",
        16: "Line 15 links it to another",
    }.items():
        assert any(
            row.split("│")[0].strip() == str(line) and words in row for row in told.splitlines()
        ), line
    assert "linked already" in told
    assert IMPORTING not in told


def test_it_goes_on_where_it_stopped_and_comes_in_parts(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "LINKED_AT_ONCE", 2)
    for number in range(1, 6):
        shop.has(f"p-{number}", number)
    shop.links.linked(STORE, a_link("p-1", id=StoreProductId(1)))
    shop.links.linked(STORE, a_link("p-2", id=StoreProductId(2), content_version=-1))
    file = a_file(tmp_path, *(f"p-{number},{number}" for number in range(1, 6)))
    typed("links", "import", file, "--yes")
    assert shop.asked == [[("p-2", 2), ("p-3", 3)], [("p-4", 4), ("p-5", 5)]], (
        "p-2 is owed its push"
    )
    shop.asked.clear()
    typed("links", "import", file, "--yes")
    assert shop.asked == [], "again is nothing"


def test_standard_input_needs_yes_and_a_no_does_nothing(shop: Shop, tmp_path: Path) -> None:
    shop.has("p-1", 1)
    assert "give --yes" in typed("links", "import", "-", status=2)
    typed("links", "import", "-", "--yes", answer=f"{HEADER}hbr1,p-1,1\n")
    assert shop.asked.pop() == [("p-1", 1)]
    shop.has("p-2", 2)
    typed("links", "import", a_file(tmp_path, "p-2,2"), status=1, answer="n\n")
    assert shop.asked == []
    for odd in (tmp_path, tmp_path / "none"):
        assert "cannot be read" in typed("links", "import", str(odd), "--dry-run", status=1)


def test_a_rebuild_tells_its_counts_and_links_what_is_sure(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [
        a_product("p-1", name="A", sku="LAMP"),
        a_product("p-2", name="B", sku="TWIN"),
        a_product("p-3", name="C", sku="TWIN"),
    ]
    webs = [a_web_product(7, "Z", sku="lamp"), a_web_product(8, "Y", sku="TWIN")]
    found = rebuild([], records, webs, set())
    monkeypatch.setattr(link_rebuild, "rebuilt", lambda *_: found)
    told = typed("links", "rebuild", "--dry-run", status=1)
    assert "2 POS products and 1 BigCommerce product share the SKU 'twin'" in told
    assert shop.asked == []
    typed("links", "rebuild", "--yes", status=1)
    assert shop.asked == [[("p-1", 7)]]
