"""Settings in the console: read by all, changed by owners over the version that they saw."""

from dataclasses import replace

import pytest

from tests.builders import a_change, a_connection
from tests.console.catalogue import NOW_MS, SHOP
from tests.console.shop import OLIVIA, SAM, VERA, Shop
from tests.console.visits import TOKEN, S, post, visit
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.signals import FakeSignals
from tests.fakes.token_box import FakeTokenBox
from tillbridge.domain.connection import Connection, Pause, Settings, StoreState, WebOrderMode
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Person
from tillbridge.domain.run import Cursors
from tillbridge.usecases.change_settings import change_settings

NEW = "a" * 31


def stored(shop: Shop) -> Connection:
    found = shop.deps.stores.find(SHOP)
    assert found is not None
    return found


def test_an_owner_sees_each_field_as_it_is_set(shop: Shop) -> None:
    seen = visit(shop, f"{S}/settings")
    assert seen.values("input[name=price][checked]", "value") == ["on"]
    assert seen.values("input[name=categories][checked]", "value") == ["create"]
    assert seen.values("input[name=safety_stock]", "value") == ["0"]
    assert seen.values("input[name=seen]", "value") == ["0"]
    assert seen.texts(".locks li") == [
        "Weight",
        "Width, height, depth",
        "MSRP",
        "Sale price",
        "Tax code",
        "Customisations",
        "SEO",
        "Custom fields",
    ]


@pytest.mark.parametrize("person", [SAM, VERA], ids=lambda each: each.name)
def test_others_read_them_without_buttons_and_addresses(shop: Shop, person: Person) -> None:
    seen = visit(shop, f"{S}/settings", person=person)
    assert "Safety stock" in seen.text
    assert seen.texts("main form") == seen.texts("main button") == seen.texts("main input") == []
    address, pos = stored(shop).api_url, stored(shop).pos_account.address
    assert address not in seen.answer.body
    assert pos not in seen.answer.body
    assert "tillbridge store set" not in seen.text


def test_a_change_is_seen_before_it_is_saved(shop: Shop) -> None:
    shop.deps.runs.save_cursors(SHOP, Cursors(linked=412))
    seen = visit(shop, f"{S}/settings/change", seen="0", safety_stock="3", price="on")
    assert seen.texts("h1") == ["Save 1 change?"]
    assert "About 412 linked products may get another level" in seen.text
    assert seen.values("main form input[name=safety_stock]", "value") == ["3"]
    assert seen.values("main form input[name=price]", "value") == [], "it is as it was"
    assert stored(shop).settings == Settings()


def test_a_form_that_is_sent_twice_is_saved_once(shop: Shop) -> None:
    for _ in range(2):
        told = post(shop, f"{S}/settings", seen="0", safety_stock="3")
        assert told == f"{S}/settings?said=saved"
    assert stored(shop).settings_version == 1
    other = post(shop, f"{S}/settings", seen="0", safety_stock="4")
    assert other.startswith("409"), "somebody who wants something else is told"


def test_it_is_saved_by_name_with_a_comparison_where_one_was_ticked(shop: Shop) -> None:
    told = post(shop, f"{S}/settings", seen="0", safety_stock="3", compare="1")
    assert told == f"{S}/settings?said=compared"
    assert stored(shop).settings.safety_stock == 3
    assert shop.deps.settings.of(SHOP)[0].by == OLIVIA.name
    assert [each[0] for each in shop.requests.asked] == ["compare"]
    assert post(shop, f"{S}/settings", seen="1", price="off") == f"{S}/settings?said=saved"
    assert len(shop.requests.asked) == 1


def test_of_two_tabs_the_second_is_told_and_keeps_what_was_entered(shop: Shop) -> None:
    change_settings(shop.deps, SHOP, "Sam", 0, {"safety_stock": "2"})
    seen = visit(shop, f"{S}/settings", method="POST", form={"seen": ["0"], "price": ["manual"]})
    assert seen.answer.status == 409
    assert "Sam changed safety stock meanwhile. Look again." in seen.text
    assert seen.values("main form input[name=price]", "value") == ["manual"]
    assert seen.values("main form input[name=seen]", "value") == ["1"]
    assert stored(shop).settings.safety_stock == 2
    assert post(shop, f"{S}/settings", seen="1", price="manual").startswith(f"{S}/settings?")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"safety_stock": "lots"}, "whole number"),
        ({"price": "sometimes"}, "off, manual, create, on"),
        ({"default_department": ""}, "needs a name"),
        ({"web_orders": "ledger"}, "tillbridge store set web_orders=ledger"),
    ],
)
def test_what_cannot_be_set_is_said_and_nothing_is_saved(
    shop: Shop, values: dict[str, str], words: str
) -> None:
    planned = visit(shop, f"{S}/settings/change", asked={"seen": "0", **values})
    assert words in planned.text
    assert planned.texts("main form button") == []
    assert words in post(shop, f"{S}/settings", {"seen": "0", **values})
    assert stored(shop).settings_version == 0


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 400, "\u0663"])
def test_a_version_that_never_was_saves_nothing(shop: Shop, seen: str) -> None:
    assert post(shop, f"{S}/settings", seen=seen, price="off").startswith("409")
    assert stored(shop).settings_version == 0


def test_what_changes_nothing_goes_back(shop: Shop) -> None:
    seen = visit(shop, f"{S}/settings/change", seen="0", price="on")
    assert seen.answer.location == f"{S}/settings?said=nothing"
    assert post(shop, f"{S}/settings", seen="0") == f"{S}/settings?said=nothing"


def test_a_version_is_brought_back_as_a_change(shop: Shop) -> None:
    change_settings(shop.deps, SHOP, "Sam", 0, {"safety_stock": "2", "price": "off"})
    assert visit(shop, f"{S}/settings").texts(".items .b.small") == ["Restore… version 0"]
    seen = visit(shop, f"{S}/settings/change", restore="0")
    assert seen.texts("h1") == ["Save 2 changes?"]
    post(shop, f"{S}/settings", seen="1", safety_stock="0", price="on")
    assert stored(shop).settings == Settings(fields=stored(shop).settings.fields)
    assert visit(shop, f"{S}/settings/change", restore="7").answer.status == 404


def test_outlets_are_the_command_lines_where_web_orders_are_read(shop: Shop) -> None:
    with_orders = Settings(web_orders=WebOrderMode.LEDGER)
    other = Shop(connection=a_connection(SHOP, settings=with_orders))
    assert visit(shop, f"{S}/settings").values("input[name=outlets]", "value") == [""]
    assert visit(other, f"{S}/settings").values("input[name=outlets]", "value") == []


def test_a_store_is_paused_for_a_reason_that_every_page_tells(shop: Shop) -> None:
    assert post(shop, f"{S}/pause", why="  We prepare a sale ") == f"{S}/pause?said=paused"
    assert stored(shop).pause == Pause(OLIVIA.name, "We prepare a sale", NOW_MS)
    band = visit(shop, f"{S}/jobs", person=VERA)
    told = band.texts(".band span")[0]
    assert told.startswith("This store is paused by Olivia Marsh. We prepare a sale.")
    assert band.texts(".band button") == []
    assert visit(shop, f"{S}/jobs").texts(".band button") == ["Resume"]


def test_a_reason_that_is_too_long_stays_in_its_field(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pause", method="POST", form={"why": ["W" * 300]})
    assert seen.answer.status == 422
    assert seen.values("input[name=why]", "value") == ["W" * 300]
    assert stored(shop).state is StoreState.ACTIVE


def test_what_waits_is_shown_and_resuming_sends_it(shop: Shop) -> None:
    signals = FakeSignals()
    shop.deps = replace(shop.deps, signals=signals)
    post(shop, f"{S}/pause", why="")
    shop.pending.mark(
        a_change(f"p-{n}", store=SHOP, lane=Lane.STOCK, queued_ms=NOW_MS - 60_000) for n in range(3)
    )
    seen = visit(shop, f"{S}/pause")
    assert "3, the oldest 1 min ago" in seen.text
    assert seen.texts("main form button") == ["Resume and send 3"]
    assert visit(shop, f"{S}/pause", person=SAM).texts("main form button") == []
    assert post(shop, f"{S}/resume") == f"{S}/pause?said=resumed"
    assert (stored(shop).state, signals.signalled) == (StoreState.ACTIVE, [SHOP])


def test_a_new_token_is_tried_kept_and_shown_to_nobody(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    box = FakeTokenBox()
    shop.deps = replace(shop.deps, tokens=box)
    assert visit(shop, f"{S}/token").values("input[name=access_token]", "type") == ["password"]
    assert post(shop, f"{S}/token", access_token=NEW) == f"{S}/settings?said=token"
    assert box.kept == {f"store/{SHOP}": NEW}
    assert NEW not in caplog.text


@pytest.mark.parametrize("token", [NEW, f"{NEW} with a tail"], ids=["lacks", "odd"])
def test_a_token_that_is_not_kept_is_not_shown_again(shop: Shop, token: str) -> None:
    sides, box = FakeSides(), FakeTokenBox()
    sides.lacks = {"Products"}
    shop.deps = replace(shop.deps, scopes=sides, tokens=box)
    seen = visit(shop, f"{S}/token", method="POST", form={"access_token": [token]})
    assert seen.answer.status == 422
    assert "The old token stays" in seen.text
    assert NEW not in seen.answer.body
    assert box.kept == {}
    assert seen.values("form input[name=token]", "value")[-1] == TOKEN
