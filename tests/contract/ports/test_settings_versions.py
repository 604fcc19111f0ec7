"""What the port of settings' versions promises."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection
from tests.contract.ports.kept_stores import LIGHTHOUSE, KeptStores, a_full_connection
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.stores import FakeStores
from tillbridge.adapters.dynamodb.settings_versions import DynamoSettingsVersions
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.connection import Connection, Pause, Settings, StoreState
from tillbridge.domain.errors import Conflict
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.safety_stock import KeptUnits, LearnedSafety, Variant
from tillbridge.domain.settings_versions import SettingChange, SettingsVersion
from tillbridge.domain.settings_words import as_words
from tillbridge.ports.settings_versions import SettingsVersions


@pytest.fixture
def versions(stores: KeptStores) -> SettingsVersions:
    if isinstance(stores, FakeStores):
        return FakeSettingsVersions(stores)
    assert isinstance(stores, DynamoStores)
    return DynamoSettingsVersions(stores._client, stores._table)


def a_version(number: int = 1, by: str = "Olivia") -> SettingsVersion:
    return SettingsVersion(
        number, 77, by, as_words(Settings()), (SettingChange("safety_stock", "0", "2"),)
    )


def with_stock(connection: Connection, units: int, version: int) -> Connection:
    settings = replace(connection.settings, safety_stock=units)
    return replace(connection, settings=settings, settings_version=version)


def test_a_change_and_its_version_come_back(stores: KeptStores, versions: SettingsVersions) -> None:
    stores.save_connection(a_full_connection())
    assert list(versions.of(STORE)) == []
    changed = replace(with_stock(a_full_connection(), 9, 1), web_orders_since_ms=55)
    versions.save(changed, 0, [a_version(), a_version(0, "")])
    assert stores.find(STORE) == changed
    assert list(versions.of(STORE)) == [a_version(), a_version(0, "")]
    assert list(versions.of(LIGHTHOUSE)) == []


def test_of_two_who_saw_the_same_version_one_changes_it(
    stores: KeptStores, versions: SettingsVersions
) -> None:
    stores.save_connection(a_connection())
    versions.save(with_stock(a_connection(), 2, 1), 0, [a_version()])
    for seen in (0, 2):
        with pytest.raises(Conflict):
            versions.save(with_stock(a_connection(), 5, seen + 1), seen, [a_version(by="Sam")])
    assert stores.find(STORE) == with_stock(a_connection(), 2, 1)
    assert list(versions.of(STORE)) == [a_version()]
    versions.save(with_stock(a_connection(), 5, 2), 1, [a_version(2), a_version()])
    assert stores.find(STORE) == with_stock(a_connection(), 5, 2)


def test_the_settings_of_a_store_that_is_gone_are_nobodys(
    stores: KeptStores, versions: SettingsVersions
) -> None:
    with pytest.raises(Conflict):
        versions.save(with_stock(a_connection(), 2, 1), 0, [a_version()])
    assert stores.find(STORE) is None
    assert list(versions.of(STORE)) == []


def test_a_change_leaves_the_state_that_changed_meanwhile(
    stores: KeptStores, versions: SettingsVersions
) -> None:
    stores.save_connection(a_connection())
    stores.pause(STORE, Pause("Mia"))
    versions.save(with_stock(a_connection(), 2, 1), 0, [a_version()])
    found = stores.find(STORE)
    assert found is not None
    assert (found.state, found.settings.safety_stock) == (StoreState.PAUSED, 2)


def test_what_a_night_learned_stays_until_nothing_is_learned_any_more(
    stores: KeptStores, versions: SettingsVersions
) -> None:
    kept: dict[Variant, KeptUnits] = {(PosProductId("p-1"), None): KeptUnits(2, 9)}
    before = a_connection(settings=Settings(learned_safety=LearnedSafety(3)))
    stores.save_connection(before)
    stores.keep_safety(STORE, LearnedSafety(3, kept))
    learns = replace(before, settings=Settings(learned_safety=LearnedSafety(5)), settings_version=1)
    versions.save(learns, 0, [a_version()])
    found = stores.find(STORE)
    assert found is not None
    assert found.settings.learned_safety == LearnedSafety(5, kept)
    versions.save(replace(before, settings=Settings(), settings_version=2), 1, [a_version(2)])
    versions.save(replace(learns, settings_version=3), 2, [a_version(3)])
    found = stores.find(STORE)
    assert found is not None
    assert found.settings.learned_safety == LearnedSafety(5)


def test_ten_long_versions_are_kept(stores: KeptStores, versions: SettingsVersions) -> None:
    stores.save_connection(a_connection())
    words = {**as_words(Settings()), "outlets": "ö" * 2_000, "default_department": "W" * 4_000}
    long = [SettingsVersion(n, n, "Olivia", words) for n in range(10)]
    versions.save(with_stock(a_connection(), 1, 1), 0, long)
    assert list(versions.of(STORE)) == long
