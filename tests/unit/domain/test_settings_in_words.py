"""Settings as a person writes them: each can be set and read back, and a wrong one is refused."""

from dataclasses import replace

import pytest

from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.safety_stock import KeptUnits, LearnedSafety, Variant
from tillbridge.domain.settings_words import NoSuchSetting, as_words, changed

OTHER = {
    "push_content": "when_changed",
    "outlets": "o-east,o-main",
    "safety_stock": "2",
    "web_orders": "pos",
    "web_outlet": "o-web",
    "default_department": "Web shop",
    "auto_link": "auto",
    "reconcile_mode": "repair",
    **{field.value: "manual" for field in Field},
}


def test_every_setting_there_is_can_be_changed_and_shown() -> None:
    written = changed(Settings(), [f"{name}={value}" for name, value in OTHER.items()])
    assert as_words(written) == OTHER
    assert (
        set(Settings.__dataclass_fields__) - {"fields", "learned_safety"}
        <= as_words(Settings()).keys()
    )


def test_what_is_not_named_stays() -> None:
    before = changed(Settings(), ["safety_stock=3", "price=off"])
    after = changed(before, ["images=create", "push_content=literal"])
    assert after.safety_stock == 3
    assert after.fields.modes[Field.PRICE] is Mode.OFF
    assert after.fields.modes[Field.IMAGES] is Mode.CREATE
    assert after.push_content is PushContent.LITERAL


def test_blank_outlets_are_all_outlets() -> None:
    some = changed(Settings(), ["outlets= o-main , o-west"])
    assert some.outlets == {"o-main", "o-west"}
    assert changed(some, ["outlets="]).outlets == frozenset()


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("safety_stock", "NAME=VALUE"),
        ("safety_stock=-1", "0 or more"),
        ("safety_stock=1.5", "whole number"),
        ("price=sometimes", "off, manual, create, on"),
        ("auto_link=yes", "off, suggest, auto"),
        ("reconcile_mode=always", "report, repair"),
        ("push_content=some", "literal, when_changed"),
        ("default_department=", "needs a name"),
        ("weight=on", "There is no setting 'weight'"),
    ],
)
def test_what_cannot_be_set_is_told_with_what_can(word: str, told: str) -> None:
    with pytest.raises(NoSuchSetting, match=told):
        changed(Settings(), [word])


@pytest.mark.parametrize("units", ["9" * 41, "2147483648", "9" * 5_000], ids=len)
def test_more_units_than_a_store_counts_are_refused(units: str) -> None:
    with pytest.raises(NoSuchSetting, match="2147483647 at most"):
        changed(Settings(), [f"safety_stock={units}"])


def test_as_many_units_as_a_store_counts_are_taken() -> None:
    assert changed(Settings(), ["safety_stock=0002147483647"]).safety_stock == 2_147_483_647


@pytest.mark.parametrize("setting", ["default_department", "outlets"])
@pytest.mark.parametrize("value", ["x" * 4_001, "\udcff"], ids=ascii)
def test_a_text_that_no_row_keeps_is_refused(setting: str, value: str) -> None:
    with pytest.raises(NoSuchSetting, match="no text that can be kept"):
        changed(Settings(), [f"{setting}={value}"])


def test_a_safety_stock_may_be_learned_up_to_a_bound_and_what_was_learned_stays() -> None:
    learns = changed(Settings(safety_stock=4), ["safety_stock=learned"])
    assert learns.learned_safety == LearnedSafety(3)
    assert as_words(learns)["safety_stock"] == "learned:3"
    kept: dict[Variant, KeptUnits] = {(PosProductId("p-1"), None): KeptUnits(3, 1)}
    knows = replace(learns, learned_safety=LearnedSafety(3, kept))
    wider = changed(knows, ["safety_stock=learned:5"])
    assert wider.learned_safety == LearnedSafety(5, kept)
    assert changed(wider, [f"safety_stock={as_words(wider)['safety_stock']}"]) == wider
    assert changed(wider, ["safety_stock=2"]) == Settings(safety_stock=2)


@pytest.mark.parametrize(
    "word", ["learned:0", "learned:101", "learned:", "learned:x", "learn", "learned:-1"]
)
def test_a_learned_safety_stock_needs_a_bound_that_a_shop_can_have(word: str) -> None:
    with pytest.raises(NoSuchSetting):
        changed(Settings(), [f"safety_stock={word}"])
