"""What the API answers about one product."""

import datetime as dt
from urllib.parse import quote

import pytest

from tests.builders import STORE, a_change, a_link, a_product, a_web_product
from tests.console.api.calls import IN_STORE, Answered, Console, call
from tests.fakes.links import FakeLinks
from tillbridge.domain.details.composing import pos_detail, web_detail
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.ports.read_model import Details

SEEN_MS = 1_779_000_000_000
ODD = "p/1 #?%é\U0001f9d1\u200d\U0001f373"


def a_chair(console: Console, product: str = "p-7") -> None:
    """Put a linked product into both views, which differs online by its price."""
    name = "Oak chair"
    kept = {
        ("pos", product): pos_detail(a_product(product, name=name), SEEN_MS),
        ("web", "214"): web_detail(a_web_product(214, name), SEEN_MS, linked=True),
    }
    rows = [
        ViewRow("pos", product, name, state=RowState.LINKED, other="214"),
        ViewRow("web", "214", name, state=RowState.LINKED, other=product),
    ]
    details = Details(lambda key, _: kept[key])
    console.rows.revise(STORE, list(kept), lambda _: rows, details)
    links = console.deps.links
    assert isinstance(links, FakeLinks)
    links.linked(STORE, a_link(product, id=214, name=name))


def of(console: Console, product: str) -> Answered:
    return call(console, "GET", f"{IN_STORE}/products/{quote(product, safe='')}")


def test_both_sides_of_a_product_are_told_field_by_field(console: Console) -> None:
    a_chair(console)
    console.deps.pending.mark(
        [a_change("p-7", lane=Lane.STOCK, event="e-1", trigger="sale.completed")]
    )
    told = of(console, "p-7").body
    assert (told["id"], told["number"], told["name"]) == ("p-7", 214, "Oak chair")
    fields = {each["field"]: each for each in told["fields"]}
    price = fields["price"]
    assert (price["pos"], price["web"], price["state"]) == ("39.90", "0.00", "differs")
    assert (price["owner"], price["mode"], price["place"]) == ("pos", "on", "price")
    assert (price["last_sent"], price["last_sent_at"]) == (None, None)
    assert fields["weight"] == {
        "field": "weight",
        "owner": "bigcommerce",
        "mode": None,
        "pos": None,
        "web": None,
        "state": "not_ours",
        "last_sent": None,
        "last_sent_at": None,
        "place": "",
        "words": fields["weight"]["words"],
    }
    [waits] = told["waiting"]
    assert (waits["lane"], waits["because"]) == ("stock", ["sale.completed"])
    assert told["pos"]["pending"]["lane"] == told["web"]["pending"]["lane"] == "stock"
    seen = dt.datetime.fromisoformat(told["pos_seen_at"])
    assert seen == dt.datetime.fromtimestamp(SEEN_MS / 1_000, dt.UTC)
    assert told["variants"] == []
    assert call(console, "GET", f"{IN_STORE}/web/214").body == told


def test_an_id_may_be_any_text(console: Console) -> None:
    a_chair(console, ODD)
    assert of(console, ODD).body["id"] == ODD
    longest = "\U0001f600" * 255
    console.rows.put(STORE, [ViewRow("pos", longest, "Knot")])
    assert of(console, longest).body["name"] == "Knot"
    decoded = call(console, "GET", f"{IN_STORE}/products/\U0001f600é")
    assert decoded.status == 404
    console.rows.put(STORE, [ViewRow("pos", "\U0001f600é", "As the gateway decoded it")])
    assert call(console, "GET", f"{IN_STORE}/products/\U0001f600é").status == 200


@pytest.mark.parametrize(
    "path",
    ["products/p-9", "web/9999", "web/0", "web/01", "web/-1", "web/x", f"web/{'9' * 30}"]
    + [f"products/{each}" for each in ("%", "%zz", "%ff", "a%00b", "x" * 256, "%0A")],
)
def test_what_is_not_there_or_can_be_no_product_is_not_found(console: Console, path: str) -> None:
    assert call(console, "GET", f"{IN_STORE}/{path}").status == 404


def test_a_product_of_another_store_is_not_found(console: Console) -> None:
    a_chair(console)
    assert call(console, "GET", "/stores/elsewhere/products/p-7").status == 404
    assert PosProductId("p-7") in console.deps.links.get(STORE, [PosProductId("p-7")])
