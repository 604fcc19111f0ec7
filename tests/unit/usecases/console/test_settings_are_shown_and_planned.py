"""What people see of settings, and of what changing them would do."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection
from tests.console_deps import console_deps
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Cursors
from tillbridge.domain.settings_effects import effect
from tillbridge.domain.settings_table import TOLD
from tillbridge.domain.settings_words import as_words
from tillbridge.usecases.change_settings import change_settings
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.show_settings import (
    plan_settings,
    show_settings,
    words_to_restore,
)


@pytest.fixture
def deps() -> ConsoleDeps:
    made = console_deps()
    made.runs.save_cursors(STORE, Cursors(linked=412))
    return made


def test_every_setting_is_told_in_words_with_all_its_legal_values() -> None:
    assert list(TOLD) != []
    assert set(TOLD) == set(as_words(Settings()))
    for told in TOLD.values():
        for legal, word, meaning in told.choices:
            assert told.value_words(legal) == word
            assert meaning


@pytest.mark.parametrize("name", [name for name, told in TOLD.items() if told.choices])
def test_the_table_has_the_legal_values_and_no_others(name: str) -> None:
    deps = console_deps()
    for legal, _, _ in TOLD[name].choices:
        assert not plan_settings(deps, STORE, 0, {name: legal}).wrong
    wrong = plan_settings(deps, STORE, 0, {name: "sometimes"}).wrong[name]
    assert wrong.removesuffix(".").split("one of ")[1].split(", ") == [
        legal for legal, _, _ in TOLD[name].choices
    ]


@pytest.mark.parametrize("name", TOLD)
def test_every_change_says_what_it_does(name: str) -> None:
    legal = [each for each, _, _ in TOLD[name].choices] or ["2", "learned"]
    for after in legal:
        assert len(effect(name, legal[0], after, 412)) > 20


def test_what_was_left_as_it_was_is_no_change(deps: ConsoleDeps) -> None:
    entered = {**as_words(Settings()), "price": "manual", "safety_stock": " 02 "}
    plan = plan_settings(deps, STORE, 0, entered)
    assert [(each.name, each.before, each.after) for each in plan.changes] == [
        ("safety_stock", "0", "2"),
        ("price", "on", "manual"),
    ]
    assert "About 412 linked products" in plan.changes[0].effect
    assert (plan.may_save, plan.moves, plan.calls) == (True, True, 2)


def test_a_wrong_value_says_what_may_be_written_and_saves_nothing(deps: ConsoleDeps) -> None:
    plan = plan_settings(deps, STORE, 0, {"safety_stock": "-1", "price": "off"})
    assert plan.wrong == {"safety_stock": "safety_stock must be a whole number, 0 or more."}
    assert not plan.may_save


def test_a_form_that_is_older_keeps_what_its_reader_entered_and_nothing_else(
    deps: ConsoleDeps,
) -> None:
    seen = as_words(Settings())
    change_settings(deps, STORE, "Olivia", 0, {"safety_stock": "2"})
    plan = plan_settings(deps, STORE, 0, {**seen, "price": "manual"})
    assert plan.meanwhile == "Olivia changed safety stock meanwhile. Look again."
    assert [each.name for each in plan.changes] == ["price"], "Olivia's change stays"
    assert plan.entered == {"price": "manual"}


def test_of_a_form_that_is_older_than_what_is_kept_nothing_is_saved(deps: ConsoleDeps) -> None:
    for number in range(12):
        change_settings(deps, STORE, "Olivia", number, {"safety_stock": str(number + 1)})
    plan = plan_settings(deps, STORE, 0, {**as_words(Settings()), "price": "manual"})
    assert "Look again." in plan.meanwhile
    assert not plan.may_save


def test_web_orders_are_for_the_command_line(deps: ConsoleDeps) -> None:
    plan = plan_settings(deps, STORE, 0, {"web_orders": "ledger"})
    assert "tillbridge store set web_orders=ledger" in plan.refused
    assert not plan.may_save


def test_a_version_comes_back_as_a_change(deps: ConsoleDeps) -> None:
    change_settings(deps, STORE, "Olivia", 0, {"safety_stock": "2", "price": "off"})
    change_settings(deps, STORE, "Olivia", 1, {"safety_stock": "5"})
    back, asked = words_to_restore(show_settings(deps, STORE), 0)
    assert (back, asked) == ({"safety_stock": "0", "price": "on"}, [])
    plan = plan_settings(deps, STORE, 2, back)
    change_settings(deps, STORE, "Sam", 2, {each.name: each.after for each in plan.changes})
    assert show_settings(deps, STORE).words == as_words(Settings())
    with pytest.raises(LookupError):
        words_to_restore(show_settings(deps, STORE), 77)


def test_what_both_sides_are_asked_of_does_not_come_back_unasked() -> None:
    stores = FakeStores([a_connection()])
    deps = console_deps(stores=stores)
    change_settings(deps, STORE, "Olivia", 0, {"safety_stock": "2"})
    there = stores.find(STORE)
    assert there is not None
    ledger = replace(there.settings, web_orders=WebOrderMode.LEDGER)
    stores.save_connection(replace(there, settings=ledger))
    back, asked = words_to_restore(show_settings(deps, STORE), 0)
    assert (back, asked) == ({"safety_stock": "0"}, ["web_orders"])


def test_nothing_is_shown_of_a_store_that_is_not_connected(deps: ConsoleDeps) -> None:
    with pytest.raises(UnknownStore):
        show_settings(deps, StoreId("nowhere"))


def test_a_mode_is_named_as_the_policy_names_it() -> None:
    assert [each for each, _, _ in TOLD["price"].choices] == [mode.value for mode in Mode]
