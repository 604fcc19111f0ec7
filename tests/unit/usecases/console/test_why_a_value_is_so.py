"""A person asks why a field has its value, and reads what happened to a product."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import LANTERN, STORE, a_connection, a_link
from tests.console_deps import console_deps
from tests.fakes.clock import START_MS
from tests.fakes.history import FakeCallLines, FakeHistory
from tests.fakes.links import FakeLinks
from tests.fakes.read_model import FakeReadModel
from tests.fakes.stores import FakeStores
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.history.call_line import CallLine, ToldCall, call_key, call_of, moment_of
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import Because, Did, EventSeen, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.domain.why.answers import since
from tillbridge.domain.why.names import named
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.product_history import AHEAD, newest_lines, product_history
from tillbridge.usecases.console.why import FURTHER_LINES, LINES, Why, why

NUMBER = StoreProductId(101)
ADDRESS = call_key(START_MS + 5, "a1b2", 2)
PUT = ToldCall(CallMade("PUT /catalog/products", START_MS + 5, status=200, ms=412), more=11)
MADE = CallLine(START_MS + 5, "a1b2", START_MS, START_MS + 9, (replace(PUT, more=0), PUT))


def because(kind: str, by: str = "") -> Because:
    event = EventSeen("e-1", kind, START_MS, START_MS, 1, by)
    return Because(event, event)


def a_line(at: int, did: Did = Did.UPDATED, **line: Any) -> ProductLine:
    price = line.pop("price", None)
    fields = {"price": sent(price)} if price is not None else {}
    return ProductLine(START_MS + at, LANTERN, did, fields=fields, **line)


def a_console(*lines: ProductLine, linked: bool = True) -> ConsoleDeps:
    history, links, calls = FakeHistory(), FakeLinks(), FakeCallLines()
    history.write(STORE, lines)
    calls.write(STORE, [MADE])
    if linked:
        links.linked(STORE, a_link())
    return console_deps(
        history=history, links=links, calls=calls, stores=FakeStores([a_connection()])
    )


def asked(deps: ConsoleDeps, field: str = "price", **how: Any) -> Why:
    found = why(deps, STORE, LANTERN, None, named(field)[0], **how)
    assert found is not None
    return found


def sentence(found: Why) -> str:
    when = " then" if found.answer.at_ms else ""
    return f"{found.answer.did}{when}{found.answer.rest}"


def test_an_event_of_the_till_is_the_reason_and_the_call_is_found() -> None:
    found = asked(
        a_console(
            a_line(0, Did.CREATED, price=12),
            a_line(5, price=14, because=because("product.saved"), call=ADDRESS),
        )
    )
    assert sentence(found) == "Tillbridge sent it then because it was saved in the POS."
    assert found.line is not None
    assert found.line.did == "sent: price"
    assert found.call == PUT
    assert (found.number, found.more) == (NUMBER, False)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("sale.completed", "Tillbridge sent it then because of a sale."),
        ("push.requested", "Mia pushed it then."),
        ("link", "Mia linked it then."),
        ("odd.kind", "Tillbridge sent it then because of odd.kind."),
    ],
)
def test_a_person_is_named_who_asked(kind: str, words: str) -> None:
    by = "Mia" if kind in ("push.requested", "link") else ""
    lines = a_line(0, Did.CREATED, price=12), a_line(1, price=14, because=because(kind, by))
    assert sentence(asked(a_console(*lines))) == words


def test_what_was_online_before_and_what_is_not_linked_is_said_so() -> None:
    came = a_console(a_line(0, Did.IMPORTED), a_line(1, Did.STOCK))
    assert sentence(asked(came)).startswith("It was online already when the product was imported")
    alone = a_console(a_line(0, Did.REFUSED), linked=False)
    assert sentence(asked(alone)).startswith("It is not linked, so Tillbridge sends nothing")
    assert sentence(asked(a_console(), "weight")).startswith("BigCommerce owns it")


def test_a_page_reads_two_hundred_lines_and_looks_further_when_asked() -> None:
    old = [a_line(0, price=12), a_line(1, price=14)]
    sales = [a_line(10 + n, Did.STOCK) for n in range(LINES)]
    deps = a_console(*old, *sales)

    found = asked(deps)
    assert (found.read, found.more) == (LINES, True)
    assert "older than what was read here" in sentence(found)
    further = asked(deps, further=True)
    assert (further.read, further.more) == (LINES + 2, False)
    assert further.reason.value is not None
    assert further.reason.value.value == "14"


def test_what_began_the_link_ends_the_looking() -> None:
    sales = [a_line(10 + n, Did.STOCK) for n in range(LINES - 1)]
    deps = a_console(a_line(-9, price=1), a_line(0, Did.LINKED), *sales)
    assert not asked(deps).more
    everything = [a_line(n, Did.STOCK) for n in range(FURTHER_LINES + 5)]
    assert asked(a_console(*everything), further=True).more


def test_a_variant_has_reasons_of_its_own_and_a_strange_one_none() -> None:
    deps = a_console(a_line(0, Did.CREATED, price=12))
    assert why(deps, STORE, LANTERN, None, named("price")[0], variant="v-none") is None
    assert asked(deps).variants == ()


def test_a_product_that_nobody_knows_has_no_reasons() -> None:
    deps = a_console()
    price = named("price")[0]
    assert why(deps, STORE, PosProductId("p-none"), None, price) is None
    assert why(deps, STORE, None, StoreProductId(9), price) is None
    with pytest.raises(UnknownStore):
        why(deps, StoreId("elsewhere"), LANTERN, None, price)


def test_a_web_product_without_a_link_keeps_its_own() -> None:
    deps = console_deps(views=FakeReadModel())
    deps.views.put(STORE, [ViewRow(WEB, "9", "Gift card")])
    found = why(deps, STORE, None, StoreProductId(9), named("price")[0])
    assert found is not None
    assert sentence(found).startswith("It is not linked")
    assert found.row is not None


@pytest.mark.parametrize("key", ["", "x", "7", f"{START_MS}#other/1", ADDRESS[:-1] + "9", "a#b/c"])
def test_a_call_that_is_not_kept_is_not_there(key: str) -> None:
    assert call_of(key, [MADE]) is None
    assert moment_of(key) in (0, 7, START_MS, START_MS + 5)


def test_history_comes_in_pages_with_words_from_the_lines_before() -> None:
    first = a_line(0, Did.CREATED, price=12)
    updates = [a_line(n, price=12 if n < 3 else 14) for n in range(1, 6)]
    deps = a_console(first, *updates)

    page = product_history(deps, STORE, LANTERN, NUMBER, limit=3)
    assert [each.did for each in page.lines] == [
        "sent: what found no room here",
        "sent: what found no room here",
        "sent: price",
    ]
    then = product_history(deps, STORE, LANTERN, NUMBER, limit=3, after=page.after)
    assert then.lines[-1].did == "created in BigCommerce"
    assert then.after == ""


def test_a_linked_product_has_what_an_import_told_of_its_number_before() -> None:
    of_number = ProductLine(
        START_MS, PosProductId(""), Did.LEFT_OUT, web=NUMBER, words="It has no price."
    )
    deps = a_console(a_line(5, Did.LINKED, web=NUMBER), of_number)
    page = product_history(deps, STORE, LANTERN, NUMBER)
    assert [each.did for each in page.lines] == [
        "linked to #101",
        "an import left it out: It has no price.",
    ]
    assert len(newest_lines(deps.history, STORE, LANTERN, NUMBER)) == 2
    assert len(newest_lines(deps.history, STORE, None, NUMBER, most=AHEAD)) == 1


@pytest.mark.parametrize(
    ("now", "mode", "words"),
    [
        ("14.00", Mode.ON, ""),
        ("16", Mode.ON, "The POS has 16.00 now, which is not sent yet."),
        ("16", Mode.MANUAL, "The POS has 16.00 now."),
        ("", Mode.ON, ""),
    ],
)
def test_what_the_pos_has_by_now_is_told_where_it_is_another(
    now: str, mode: Mode, words: str
) -> None:
    found = asked(a_console(a_line(0, Did.CREATED, price=12), a_line(1, price=14)))
    row = ViewRow(POS, LANTERN, "Storm Lantern", price=now)
    assert since(replace(found.reason, mode=mode), row) == words
    assert since(found.reason, None) == ""
    assert since(found.reason, replace(row, price="9", price_to="99")) == ""
