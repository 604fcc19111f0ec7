"""Settings are changed as versions, whoever changes them."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection, a_pos_account
from tests.fakes.clock import START_MS, FakeClock
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.errors import CannotAsk, RetryLater, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosKind
from tillbridge.domain.settings_versions import SettingChange, SettingsChanged
from tillbridge.domain.settings_words import NoSuchSetting
from tillbridge.usecases.change_settings import Kept, change_settings, save_settings, set_one


class Shop(Kept):
    """One store."""

    @property
    def now(self) -> Connection:
        found = self.stores.find(STORE)
        assert found is not None
        return found


@pytest.fixture
def shop() -> Shop:
    stores = FakeStores([a_connection()])
    return Shop(stores, FakeSettingsVersions(stores), FakeClock(START_MS))


def test_the_first_change_keeps_what_was_there_before(shop: Shop) -> None:
    change_settings(shop, STORE, "Olivia", 0, {"safety_stock": "2"})
    new, old = shop.settings.of(STORE)
    assert shop.now.settings.safety_stock == 2
    assert (new.number, new.by, new.at_ms) == (1, "Olivia", START_MS)
    assert new.changes == (SettingChange("safety_stock", "0", "2"),)
    assert (old.number, old.by, old.at_ms, old.words["safety_stock"]) == (0, "", 0, "0")


def test_who_saw_an_older_version_is_told_who_changed_what(shop: Shop) -> None:
    change_settings(shop, STORE, "Olivia", 0, {"safety_stock": "2"})
    change_settings(shop, STORE, "Sam", 1, {"price": "manual", "images": "off"})
    with pytest.raises(SettingsChanged) as told:
        change_settings(shop, STORE, "Mia", 0, {"cost": "off"})
    assert str(told.value) == (
        "Olivia changed safety stock meanwhile. Sam changed price, images meanwhile. Look again."
    )
    assert shop.now.settings_version == 2


def test_of_two_at_the_same_moment_the_second_is_told_too(shop: Shop) -> None:
    seen = shop.now
    save_settings(shop, seen, replace(seen.settings, safety_stock=2), "Olivia")
    with pytest.raises(SettingsChanged, match="Olivia changed safety stock meanwhile"):
        save_settings(shop, seen, replace(seen.settings, safety_stock=3), "the command line")
    assert shop.now.settings.safety_stock == 2


def test_what_changes_nothing_is_no_version(shop: Shop) -> None:
    assert change_settings(shop, STORE, "Olivia", 0, {"safety_stock": "0"}).settings_version == 0
    assert not shop.settings.of(STORE)


def test_ten_versions_are_kept_and_the_oldest_go(shop: Shop) -> None:
    for number in range(12):
        change_settings(shop, STORE, "Olivia", number, {"safety_stock": str(number + 1)})
    assert [each.number for each in shop.settings.of(STORE)] == list(range(12, 2, -1))


def test_who_saw_a_version_that_is_long_gone_is_told_of_the_last_ones(shop: Shop) -> None:
    for number in range(12):
        change_settings(shop, STORE, f"No. {number}", number, {"safety_stock": str(number + 1)})
    with pytest.raises(SettingsChanged, match=r"^No\. 9 .* No\. 10 .* No\. 11 .* Look again\.$"):
        change_settings(shop, STORE, "Mia", 0, {"cost": "off"})


def test_a_settings_row_that_another_release_changed_is_kept_as_nobodys(shop: Shop) -> None:
    change_settings(shop, STORE, "Olivia", 0, {"safety_stock": "2"})
    shop.stores.save_connection(replace(shop.now, settings=Settings(), settings_version=4))  # type: ignore[attr-defined]  # of the fake
    change_settings(shop, STORE, "Sam", 4, {"safety_stock": "3"})
    assert [(each.number, each.by) for each in shop.settings.of(STORE)] == [
        (5, "Sam"),
        (4, ""),
        (1, "Olivia"),
        (0, ""),
    ]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (Settings(), {"web_orders": "ledger"}),
        (Settings(), {"web_outlet": "o-1"}),
        (Settings(web_orders=WebOrderMode.LEDGER), {"outlets": "o-1"}),
        (Settings(web_orders=WebOrderMode.POS), {"web_orders": "off"}),
    ],
)
def test_what_both_sides_are_asked_of_is_for_the_command_line(
    before: Settings, words: dict[str, str]
) -> None:
    stores = FakeStores([a_connection(settings=before)])
    shop = Shop(stores, FakeSettingsVersions(stores), FakeClock())
    ((name, value),) = words.items()
    with pytest.raises(CannotAsk, match=f"tillbridge store set {name}={value}"):
        change_settings(shop, STORE, "Olivia", 0, words)
    assert shop.now.settings == before


def test_a_vendors_pos_is_told_of_no_web_orders_and_the_words_say_why() -> None:
    vendors = a_pos_account(kind=PosKind.LIGHTSPEED_X)
    stores = FakeStores([a_connection(pos_account=vendors)])
    shop = Shop(stores, FakeSettingsVersions(stores), FakeClock())
    with pytest.raises(CannotAsk, match="nobody has seen yet"):
        change_settings(shop, STORE, "Olivia", 0, {"web_orders": "pos"})
    with pytest.raises(CannotAsk, match="store set web_orders=ledger"):
        change_settings(shop, STORE, "Olivia", 0, {"web_orders": "ledger"})


def test_outlets_are_changed_where_no_web_order_asks_for_one(shop: Shop) -> None:
    change_settings(shop, STORE, "Olivia", 0, {"outlets": "o-1, o-2"})
    assert shop.now.settings.outlets == {"o-1", "o-2"}


def test_a_wrong_value_saves_none_of_the_others(shop: Shop) -> None:
    with pytest.raises(NoSuchSetting, match="price must be one of off") as told:
        change_settings(shop, STORE, "Olivia", 0, {"safety_stock": "2", "price": "<b>"})
    assert told.value.name == "price"
    assert "<b>" not in told.value.rule
    assert shop.now == a_connection()


def test_the_settings_of_no_store_are_not_changed(shop: Shop) -> None:
    with pytest.raises(UnknownStore):
        change_settings(shop, StoreId("nowhere"), "Olivia", 0, {"safety_stock": "2"})


def test_an_approved_run_sets_its_mode_over_what_others_change(shop: Shop) -> None:
    set_one(shop, STORE, "Mia", "reconcile_mode", "repair")
    set_one(shop, STORE, "Mia", "reconcile_mode", "repair")
    set_one(shop, StoreId("nowhere"), "Mia", "reconcile_mode", "repair")
    assert shop.now.settings.reconcile_mode == "repair"
    assert [each.by for each in shop.settings.of(STORE)] == ["Mia", ""]


def test_an_approved_run_gives_up_for_now_where_settings_never_stand_still(shop: Shop) -> None:
    real = shop.stores.find

    def busy(store: StoreId) -> Connection | None:
        found = real(store)
        assert found is not None
        save_settings(
            shop, found, replace(found.settings, safety_stock=found.settings_version + 1), "x"
        )
        return found

    shop.stores.find = busy  # type: ignore[method-assign]  # somebody else between read and write
    with pytest.raises(RetryLater):
        set_one(shop, STORE, "Mia", "reconcile_mode", "repair")
