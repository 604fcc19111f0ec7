"""What the port of stores promises of two who change one connection at once: neither loses what the other wrote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pytest

from tests.builders import a_connection
from tests.contract.ports.kept_stores import LIGHTHOUSE, KeptStores
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.stores import FakeStores
from tillbridge.adapters.dynamodb.settings_versions import DynamoSettingsVersions
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, Pause, Settings, StoreState
from tillbridge.domain.hook_access import HookAccess, rotated
from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreId, StoreProductId
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.safety_stock import KeptUnits, LearnedSafety
from tillbridge.domain.settings_versions import SettingsVersion
from tillbridge.domain.settings_words import as_words
from tillbridge.ports.settings_versions import SettingsVersions

BY_MIA = Pause("Mia", "a sale", 7)
LEARNED = LearnedSafety(most=9)
SEEN = a_connection(
    settings=Settings(learned_safety=LEARNED),
    state=StoreState.NEEDS_ATTENTION,
    attention_code="token_dead",
    attention_words="Make a new token.",
    failures=3,
    not_before_ms=9,
    ignored=frozenset({"weight"}),
    hooks=HookAccess("k3y", generation=2),
    canary=Canary(StoreProductId(7), 0),
    connected_ms=5,
)
"""What each of the two has read before the other writes."""

PIER = PosAccount(PosAccountKey("pier"), "https://pier.example", source="pos.pier")
AGAIN = replace(SEEN, api_url="https://moved.example", pos_account=PIER, ignored=frozenset())


@dataclass(frozen=True)
class Kept:
    """The two ports that write a connection."""

    stores: KeptStores
    versions: SettingsVersions


@pytest.fixture
def kept(stores: KeptStores) -> Kept:
    if isinstance(stores, FakeStores):
        return Kept(stores, FakeSettingsVersions(stores))
    assert isinstance(stores, DynamoStores)
    return Kept(stores, DynamoSettingsVersions(stores._client, stores._table))


def _change_settings(kept: Kept, seen: Connection) -> None:
    settings = replace(seen.settings, default_department="Misc")
    changed = replace(seen, settings=settings, settings_version=1, web_orders_since_ms=55)
    kept.versions.save(changed, 0, [SettingsVersion(1, 7, "Sam", as_words(settings), ())])


def _keep_safety(kept: Kept, seen: Connection) -> None:
    units = KeptUnits(3, night=4)
    kept.stores.keep_safety(
        seen.store, LearnedSafety(most=1, kept={(PosProductId("p"), None): units})
    )


def _connect_again(kept: Kept, seen: Connection) -> None:
    assert kept.stores.save_again(replace(AGAIN, store=seen.store), seen)


def _rotate(kept: Kept, seen: Connection) -> None:
    assert kept.stores.keep_hooks(seen.store, rotated(seen.hooks, 77), seen.hooks)


def _sign(kept: Kept, seen: Connection) -> None:
    assert kept.stores.keep_hooks(seen.store, replace(seen.hooks, signed=True), seen.hooks)


WRITERS: Mapping[str, tuple[Callable[[Kept, Connection], object], set[str]]] = {
    "connecting it again": (
        _connect_again,
        {"api_url", "pos_account", "ignored", "money", "state"},
    ),
    "a change of settings": (_change_settings, {"settings"}),
    "a pause": (lambda kept, seen: kept.stores.pause(seen.store, BY_MIA), {"state"}),
    "resuming": (lambda kept, seen: kept.stores.resume(seen.store), {"state"}),
    "what a slice came to": (
        lambda kept, seen: kept.stores.set_state(replace(seen, failures=4)),
        {"state"},
    ),
    "another secret of webhooks": (_rotate, {"rotated"}),
    "signatures of webhooks": (_sign, {"signed"}),
    "a canary's round": (
        lambda kept, seen: kept.stores.keep_canary(seen.store, Canary(StoreProductId(7), 8)),
        {"canary"},
    ),
    "no canary any more": (lambda kept, seen: kept.stores.set_canary(seen.store, None), {"canary"}),
    "the end of the first day": (
        lambda kept, seen: kept.stores.end_first_day(seen.store),
        {"first_day"},
    ),
    "how the store writes prices": (
        lambda kept, seen: kept.stores.keep_money(seen.store, MoneyFormat("EUR", "€")),
        {"money"},
    ),
    "a title": (lambda kept, seen: kept.stores.rename(seen.store, "Pier", seen.title), {"title"}),
    "what batches ignore": (
        lambda kept, seen: kept.stores.remember_ignored(seen.store, ["mpn"]),
        {"ignored"},
    ),
    "what stock was learned to be safe": (_keep_safety, {"safety"}),
}
"""Who writes a connection that is there, and what of it; those that write the same have tests of their own."""


def shown(connection: Connection | None) -> dict[str, object]:
    """Return a connection in the parts that `WRITERS` names."""
    assert connection is not None
    learned = connection.settings.learned_safety
    assert learned is not None
    return {
        "api_url": (connection.store_hash, connection.api_url),
        "pos_account": connection.pos_account,
        "ignored": connection.ignored,
        "money": connection.money,
        "state": (
            connection.state,
            connection.pause,
            connection.attention_code,
            connection.attention_words,
            connection.failures,
            connection.not_before_ms,
        ),
        "settings": (
            replace(connection.settings, learned_safety=None),
            connection.settings_version,
            connection.web_orders_since_ms,
        ),
        "rotated": (connection.hooks.generation, connection.hooks.rotated_ms),
        "signed": (connection.hooks.key, connection.hooks.signed),
        "canary": connection.canary,
        "title": connection.title,
        "first_day": (connection.connected_ms, connection.first_day_over),
        "safety": learned.kept,
    }


@pytest.mark.parametrize("late", WRITERS)
def test_whoever_writes_late_loses_nothing_that_another_wrote(kept: Kept, late: str) -> None:
    writes_late, its_own = WRITERS[late]
    seen = replace(SEEN, store=StoreId("alone"))
    kept.stores.save_connection(seen)
    writes_late(kept, seen)
    alone = shown(kept.stores.find(seen.store))
    assert {part for part, value in alone.items() if value != shown(seen)[part]} <= its_own

    for number, (first, parts) in enumerate(WRITERS.values()):
        if parts & its_own:
            continue
        seen = replace(SEEN, store=StoreId(f"store-{number}"))
        kept.stores.save_connection(seen)
        first(kept, seen)
        before = shown(kept.stores.find(seen.store))
        assert before != shown(seen)
        writes_late(kept, seen)
        wanted = before | {part: alone[part] for part in its_own}
        assert shown(kept.stores.find(seen.store)) == wanted


def test_a_store_that_was_paused_meanwhile_is_connected_again_and_stays_paused(kept: Kept) -> None:
    kept.stores.save_connection(SEEN)
    kept.stores.pause(SEEN.store, BY_MIA)
    paused = kept.stores.find(SEEN.store)
    assert paused is not None
    assert kept.stores.save_again(AGAIN, SEEN)
    moved = replace(
        paused, api_url=AGAIN.api_url, pos_account=PIER, ignored=frozenset(), money=AGAIN.money
    )
    assert kept.stores.find(SEEN.store) == moved


def test_a_store_that_is_connected_again_is_in_no_trouble(kept: Kept) -> None:
    kept.stores.save_connection(SEEN)
    assert kept.stores.save_again(AGAIN, SEEN)
    found = kept.stores.find(SEEN.store)
    assert found is not None
    assert (found.state, found.attention_code, found.attention_words) == (StoreState.ACTIVE, "", "")
    assert (found.failures, found.not_before_ms) == (0, 0)


@pytest.mark.parametrize(
    "moved",
    [
        replace(SEEN, store_hash="elsewhere"),
        replace(SEEN, api_url="https://elsewhere.example"),
        replace(SEEN, pos_account=replace(PIER, key=PosAccountKey("elsewhere"))),
    ],
)
def test_of_two_who_connect_a_store_elsewhere_the_first_wins(kept: Kept, moved: Connection) -> None:
    kept.stores.save_connection(SEEN)
    assert kept.stores.save_again(moved, SEEN)
    there = kept.stores.find(SEEN.store)
    assert not kept.stores.save_again(AGAIN, SEEN)
    assert kept.stores.find(SEEN.store) == there
    assert PIER not in kept.stores.pos_accounts()


def test_a_store_that_was_disconnected_meanwhile_does_not_come_back(kept: Kept) -> None:
    assert not kept.stores.save_again(AGAIN, SEEN)
    assert (kept.stores.find(SEEN.store), list(kept.stores.all())) == (None, [])


def test_another_store_has_no_canary_of_the_one_before(kept: Kept) -> None:
    kept.stores.save_connection(SEEN)
    assert kept.stores.save_again(replace(AGAIN, store_hash="another"), SEEN)
    found = kept.stores.find(SEEN.store)
    assert found is not None
    assert found.canary is None


def test_webhooks_get_a_key_once(kept: Kept) -> None:
    blank = replace(SEEN, hooks=HookAccess())
    kept.stores.save_connection(blank)
    first, second = (
        replace(AGAIN, api_url=blank.api_url, pos_account=blank.pos_account, hooks=HookAccess(key))
        for key in ("first", "second")
    )
    assert kept.stores.save_again(first, blank)
    assert not kept.stores.save_again(second, blank)
    found = kept.stores.find(SEEN.store)
    assert found is not None
    assert found.hooks == HookAccess("first")


def test_of_two_who_change_the_same_of_webhooks_the_first_wins(kept: Kept) -> None:
    kept.stores.save_connection(SEEN)
    assert kept.stores.keep_hooks(SEEN.store, rotated(SEEN.hooks, 77), SEEN.hooks)
    assert not kept.stores.keep_hooks(SEEN.store, rotated(SEEN.hooks, 78), SEEN.hooks)
    found = kept.stores.find(SEEN.store)
    assert found is not None
    assert found.hooks == rotated(SEEN.hooks, 77)


def test_of_two_who_name_a_store_the_first_wins_and_a_blank_title_is_none(kept: Kept) -> None:
    assert not kept.stores.rename(SEEN.store, "Nobody's", ""), "it is not connected"
    kept.stores.save_connection(SEEN)
    assert kept.stores.rename(SEEN.store, "Harbour & Sons", "")
    assert not kept.stores.rename(SEEN.store, "Other", "")
    assert kept.stores.save_again(AGAIN, SEEN)
    found = kept.stores.find(SEEN.store)
    assert found is not None
    assert found.shown_name == "Harbour & Sons"
    assert kept.stores.rename(SEEN.store, "", "Harbour & Sons")
    found = kept.stores.find(SEEN.store)
    assert found is not None
    assert found.shown_name == SEEN.store


@pytest.mark.parametrize("told", [True, False])
def test_an_account_that_another_store_moved_meanwhile_stays_moved_unless_it_is_told_anew(
    kept: Kept, told: bool
) -> None:
    """A POS that a person only chooses is written as it is, not as it was when they looked."""
    kept.stores.save_connection(SEEN)
    account = SEEN.pos_account
    moved = replace(account, address="https://moved.example", facts={"currency": "EUR"})
    kept.stores.save_connection(replace(SEEN, pos_account=moved))
    other = replace(SEEN, store=LIGHTHOUSE, store_hash="other")
    assert kept.stores.save_new(other, pos_told=told)
    assert list(kept.stores.pos_accounts()) == [account if told else moved]
    again = partial(kept.stores.save_again, other, other)
    assert again(pos_told=False)
    assert list(kept.stores.pos_accounts()) == [account if told else moved]


def test_a_slice_that_ends_late_unpauses_nothing_and_names_no_pause_that_is_over(
    kept: Kept,
) -> None:
    kept.stores.save_connection(replace(SEEN, state=StoreState.PAUSED, pause=BY_MIA))
    paused = kept.stores.find(SEEN.store)
    assert paused is not None
    kept.stores.resume(SEEN.store)
    kept.stores.set_state(replace(paused, state=StoreState.ACTIVE))
    found = kept.stores.find(SEEN.store)
    assert found is not None
    assert (found.state, found.pause) == (StoreState.ACTIVE, Pause())
