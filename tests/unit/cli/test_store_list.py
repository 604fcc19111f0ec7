"""`store list` tells of every store, also when one of them cannot be read, and for how long one is paused."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from cli.deployment import target as targets
from tests.builders import a_connection
from tests.fakes.removals import FakeRemovals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.unit.cli.typed import typed
from tillbridge.domain.backlog import Figures
from tillbridge.domain.connection import Connection, Pause, StoreState
from tillbridge.domain.errors import UnreadableStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_trouble import PosTrouble

DAMAGED = StoreId("damaged")
NOW = time.time_ns() // 1_000_000


class Stores(FakeStores):
    def find(self, store: StoreId) -> Connection | None:
        if store == DAMAGED:
            raise UnreadableStore("It was saved by a newer Tillbridge.")
        return super().find(store)


@dataclass(frozen=True)
class Target:
    stores: Stores
    store_list: FakeStoreList

    @property
    def removals(self) -> FakeRemovals:
        return FakeRemovals(self.stores)


def told(
    monkeypatch: pytest.MonkeyPatch, *connections: Connection, trouble: PosTrouble | None = None
) -> str:
    """Return what the command tells of all stores, in one line: a table of another width would break it."""
    stores = Stores(connections)
    target = Target(stores, FakeStoreList(stores))
    target.store_list.unreadable.add(DAMAGED)
    if trouble:
        target.stores.troubles[connections[0].store] = trouble
    monkeypatch.setattr(targets, "find_target", lambda _: target)
    listed = json.loads(typed("store", "list", "--json"))["stores"]
    return " ".join(words for each in listed for words in each.values())


def test_a_store_that_cannot_be_read_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    ill = a_connection(
        "zoo", state=StoreState.NEEDS_ATTENTION, attention_words="Give it a new token."
    )
    said = told(monkeypatch, a_connection(DAMAGED), ill)
    assert "damaged" in said
    assert "cannot be read" in said
    assert "Give it a new token." in said


def test_a_store_whose_pos_is_in_trouble_says_so_before_anything_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = a_connection()
    trouble = PosTrouble(store.pos_account.key, "pos_token_dead", "Connect it again.")
    said = told(monkeypatch, store, trouble=trouble)
    assert "needs_attention" in said
    assert "Connect it again." in said


@pytest.mark.parametrize(
    ("since_ms", "words"),
    [(NOW - 3 * 86_400_000, "paused for 3 days"), (0, "since nobody knows when")],
    ids=["three days", "nobody knows"],
)
def test_a_paused_store_says_by_whom_and_for_how_long(
    since_ms: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = Pause("Mia", "holidays", since_ms)
    said = told(monkeypatch, a_connection(state=StoreState.PAUSED, pause=pause))
    assert "Paused by Mia: holidays." in said
    assert words in said


def test_the_figures_of_all_stores_are_read_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[Sequence[StoreId]]()
    figures = FakeStoreList.figures

    def counted(self: FakeStoreList, stores: Sequence[StoreId]) -> Figures:
        asked.append(stores)
        return figures(self, stores)

    monkeypatch.setattr(FakeStoreList, "figures", counted)
    said = told(monkeypatch, *map(a_connection, ("one", "three", "two")))
    assert asked == [["one", "three", "two"]]
    assert all(name in said for name in ("one", "two", "three"))
