"""The overview says in a sentence how a store is, and everything else as of when."""

import re
from collections.abc import Callable

import pytest

from tests.builders import a_connection
from tests.console import first_days
from tests.console.catalogue import NOW_MS, SHOP
from tests.console.shop import SAM, VERA, Shop
from tests.console.store_states import (
    AN_HOURS_CHANGES,
    BEHIND,
    QUIET_HOURS,
    a_day,
    compared,
    sold_twice,
    unread,
)
from tests.console.visits import S, Seen, post, visit
from tillbridge.domain.connection import Pause, Settings, StoreState, WebOrderMode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId


def told(shop: Shop) -> Seen:
    return visit(shop, S)


def test_health_is_one_sentence_and_its_numbers_are_beside_the_charts(shop: Shop) -> None:
    seen = told(a_day(shop))
    assert seen.texts(".glance .st")[0] == "Healthy"
    assert re.fullmatch(
        r"The web shows what the till knew \d\.\d s ago\.", seen.texts(".answer")[0]
    )
    assert "95 of 100 changes arrived within" in seen.text
    labels = seen.values("svg[role=img]", "aria-label")
    assert [each.split(":")[0] for each in labels] == [
        "Delay of the last 24 hours",
        "Changes sent in the last 24 hours",
    ]
    assert f"{sum(AN_HOURS_CHANGES)}, most of them 2 hours ago: 64" in labels[1]


def test_each_hour_with_changes_is_a_row_of_the_table_and_has_a_bar(shop: Shop) -> None:
    seen = told(a_day(shop))
    went = [count for count in AN_HOURS_CHANGES if count]
    assert [int(each) for each in seen.texts(".day tbody td:nth-child(2)")] == went
    assert len(seen.tree.select("svg rect")) == len(went)
    assert len(seen.tree.select("svg rect.now")) == 1
    assert seen.texts("svg text")[1] == "64"


def test_one_hour_alone_has_a_line_of_its_own(shop: Shop) -> None:
    seen = told(a_day(shop, QUIET_HOURS))
    (line,) = seen.values("polyline", "points")
    assert len(line.split()) == 2
    assert "Slowest" in seen.text


def test_without_any_change_there_is_no_chart_and_the_sentence_says_so(shop: Shop) -> None:
    seen = told(compared(shop))
    assert seen.texts(".glance .st")[0] == "Quiet"
    assert seen.texts(".answer") == [
        "Nothing went to the web in the last 24 hours: nothing changed."
    ]
    assert seen.tree.select("svg[role=img]") == []


def test_a_store_that_was_never_compared_says_so_and_offers_it(shop: Shop) -> None:
    seen = told(shop)
    assert seen.texts(".glance .st")[0] == "New"
    assert "Never. Until then" in seen.text
    assert "Not counted yet" in seen.text
    assert seen.values(".acts button", "value") == ["all"]
    assert post(shop, f"{S}/compare", {"from": "overview", "what": "all"}) == (
        f"{S}?said=comparing_all"
    )


@pytest.mark.parametrize(
    ("more", "word", "sentence"),
    [
        (
            {"state": StoreState.PAUSED, "pause": Pause("Mia", "", NOW_MS - 3_600_000)},
            "Paused",
            "Nothing is sent until a person resumes it",
        ),
        (
            {"state": StoreState.PAUSED, "pause": Pause("Mia", "", NOW_MS - 3 * 86_400_000)},
            "Paused",
            "It has been paused for 3 days. The web shop still has the prices and levels of then;",
        ),
        ({"state": StoreState.PAUSED}, "Paused", "It has been paused since nobody knows when."),
        (
            {"state": StoreState.NEEDS_ATTENTION, "attention_words": "Make a new token."},
            "Needs attention",
            "Make a new token.",
        ),
        (
            {"failures": 3, "not_before_ms": NOW_MS + 90_000},
            "Waits after a failure",
            "Calls failed 3 times in a row. Nothing is lost; Tillbridge tries again in 90 s.",
        ),
    ],
)
def test_trouble_goes_before_how_fresh_it_was(
    more: dict[str, object], word: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(connection=a_connection(SHOP, **more)).play(monkeypatch)
    seen = told(a_day(shop))
    assert seen.texts(".glance .st")[0] == word
    assert seen.texts(".answer")[0].startswith(sentence)
    assert "95 of 100 changes" in seen.text


def test_a_store_that_is_behind_says_since_when_and_why_calls_wait(shop: Shop) -> None:
    seen = told(a_day(shop, backlog=BEHIND, left=0))
    assert seen.texts(".answer") == ["The oldest change has waited 42 min."]
    assert "Spent: BigCommerce took no more calls." in seen.text
    waits = [each.get_text(" ").split() for each in seen.tree.select(".three li")]
    assert waits[:2] == [
        ["Web", "orders", "to", "read", "1", "10", "s"],
        ["Stock", "212", "39", "min"],
    ]


def test_a_sweep_that_stands_still_is_told(shop: Shop) -> None:
    a_day(shop).deps.store_list.keep_swept(NOW_MS - 3_600_000)
    assert "What waits is counted every five minutes, and was not since 1 h ago" in told(shop).text


def test_each_part_that_cannot_be_read_says_so_and_the_others_stand(shop: Shop) -> None:
    seen = told(unread(a_day(shop)))
    assert len(seen.tree.select(".missing")) == 4
    assert seen.answer.status == 200
    assert "398 compared, 4 differences, 3 repaired." in seen.text
    assert seen.texts(".three li")[0].startswith("Stock")


def test_failed_products_lead_to_their_list(shop: Shop) -> None:
    seen = told(a_day(shop))
    assert seen.values(".rows a", "href") == [f"{S}/pos?status=failed&cause=name_taken"]
    assert seen.texts(".rows a") == ["Another product has the name"]


def test_what_was_sold_twice_is_told_where_there_is_any_or_orders_are_read(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Web orders" not in told(a_day(shop)).text
    assert "2 times something was sold more often" in told(sold_twice(shop, "Lamp", "Mug")).text
    reads = a_connection(SHOP, settings=Settings(web_orders=WebOrderMode.LEDGER))
    other = Shop(connection=reads).play(monkeypatch)
    assert "Nothing was sold twice in the last week." in told(other).text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (first_days.connected, "First day: step 2 of 5."),
        (first_days.with_candidates, "First day: step 3 of 5."),
        (first_days.all_done, "First day: all 5 steps are done."),
    ],
)
def test_the_overview_leads_on_with_the_first_day(
    monkeypatch: pytest.MonkeyPatch, state: Callable[[], Shop], words: str
) -> None:
    seen = told(state().play(monkeypatch))
    assert seen.texts(".said b") == [words]
    assert seen.values(".said a", "href") == [f"{S}/first-day"]


def test_a_first_day_that_is_over_or_never_was_is_not_told(
    monkeypatch: pytest.MonkeyPatch, shop: Shop
) -> None:
    assert "First day" not in told(shop).text
    assert "First day" not in told(first_days.connected(over=True).play(monkeypatch)).text


def test_where_web_orders_are_read_they_are_told_instead_of_the_first_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = Settings(web_orders=WebOrderMode.LEDGER)
    connection = a_connection(SHOP, settings=settings, connected_ms=5)
    seen = told(Shop(connection=connection).play(monkeypatch))
    assert seen.tree.select(".said") == []
    assert "Nothing was sold twice in the last week." in seen.text


def test_a_first_day_that_cannot_be_read_hides_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = first_days.connected().play(monkeypatch)

    def fails(*_: object) -> None:
        raise RetryLater("The database is busy.")

    monkeypatch.setattr(shop.deps.runs, "recent", fails)
    assert told(shop).texts(".glance .st")[0] == "New"


def test_dead_letters_of_no_store_are_one_link_for_owners_of_every_store(shop: Shop) -> None:
    assert "/letters" in visit(shop, "/stores", stores=(SHOP,)).values("main a", "href")
    for person in (SAM, VERA):
        seen = visit(shop, "/stores", stores=(SHOP,), person=person)
        assert "/letters" not in seen.values("main a", "href")


def test_a_viewer_has_no_button(shop: Shop) -> None:
    assert visit(a_day(shop), S, person=VERA).tree.select("main form") == []


def test_cards_say_how_each_store_is_and_one_that_is_not_connected_hides_none(shop: Shop) -> None:
    a_day(shop)
    seen = visit(shop, "/stores", stores=(SHOP, StoreId("quay")))
    assert seen.texts(".cards .st") == ["Healthy", "Not connected"]
    shop.deps.store_list.unreadable.add(SHOP)  # type: ignore[attr-defined]  # the fake's
    seen = visit(shop, "/stores", stores=(SHOP,))
    assert seen.texts(".cards .st") == ["Cannot be read"]
    assert seen.tree.select(".cards a") == []


def test_many_stores_are_cards_of_several_pages(shop: Shop) -> None:
    stores = [StoreId(f"s-{number:02}") for number in range(61)]
    first = visit(shop, "/stores", stores=stores)
    assert len(first.tree.select(".cards section")) == 30
    (address,) = first.values(".pages a", "href")
    assert address == "/stores?after=s-29"
    last = visit(shop, "/stores", stores=stores, after="s-59")
    assert last.texts(".cards h2") == ["s-60"]
    assert last.tree.select(".pages") == []


def test_a_store_that_cannot_be_read_says_so_and_shows_what_is_known(shop: Shop) -> None:
    a_day(shop)
    shop.deps.store_list.unreadable.add(SHOP)  # type: ignore[attr-defined]  # the fake's
    seen = told(shop)
    assert seen.texts(".glance .st")[0] == "Cannot be read"
    assert seen.texts(".answer")[0].startswith("What is stored of this store cannot be read.")
    assert "95 of 100 changes" in seen.text
    assert visit(shop, f"{S}/problems").texts("h1") == ["Problems"]


def test_what_waits_that_cannot_be_read_is_told_on_both_pages(shop: Shop) -> None:
    a_day(shop).deps.store_list.unreadable_backlogs.add(SHOP)  # type: ignore[attr-defined]  # the fake's
    assert "What waits cannot be read just now." in told(shop).text
    assert "What waits cannot be read just now." in visit(shop, f"{S}/problems").text


def test_a_title_is_read_instead_of_the_name_which_stays_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    title = "<b>Harbour</b> & Sons"
    shop = Shop(connection=a_connection(SHOP, title=title)).play(monkeypatch)
    seen = told(shop)
    assert seen.texts("h1") == [title]
    assert seen.texts(".menu summary bdi")[0] == title
    assert SHOP in seen.texts(".head .meta bdi")
    assert title in visit(shop, f"{S}/problems").texts("title")[0]
    cards = visit(shop, "/stores")
    assert cards.texts(".cards h2")[0] == title
    assert S in cards.values(".cards a", "href")
