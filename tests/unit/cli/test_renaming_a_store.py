"""`store rename`: a title is what people read; the name stays the key of everything."""

from collections.abc import Callable

import pytest

from cli.deployment import connections
from tests.builders import STORE, a_connection
from tests.fakes.stores import FakeStores
from tests.unit.cli.test_shown import HOSTILE
from tests.unit.cli.typed import typed
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.store_names import LONGEST_TITLE
from tillbridge.usecases.rename_store import rename_store


class Shop:
    """A deployment in memory with one store."""

    def __init__(self) -> None:
        self.stores = FakeStores([a_connection()])

    def title(self) -> str:
        found = self.stores.find(STORE)
        assert found is not None
        return found.title


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    monkeypatch.setattr(connections, "need_target", lambda _: made)
    return made


def test_a_store_gets_a_title_and_its_name_again(shop: Shop) -> None:
    assert "is shown as “Harbour & Sons”" in typed("store", "rename", STORE, " Harbour  & Sons ")
    assert shop.title() == "Harbour & Sons"
    assert typed("store", "rename", STORE, "Harbour & Sons"), "twice is once"
    for blank in ("", "  ", STORE):
        typed("store", "rename", STORE, "Harbour")
        assert f"is shown as “{STORE}”" in typed("store", "rename", STORE, blank)
        assert shop.title() == ""
    assert "No store named 'pier'" in typed("store", "rename", "pier", "Pier", status=1)


@pytest.mark.parametrize(
    "odd", ["\x1b[2Jx", "a\u202eb", "\u200b", "t" * (LONGEST_TITLE + 1), "--!"]
)
def test_what_is_no_title_is_refused(shop: Shop, odd: str) -> None:
    typed("store", "rename", STORE, "--", odd, status=2)
    assert shop.title() == ""


def test_no_title_holds_what_controls_a_terminal(shop: Shop) -> None:
    for each in filter(str.split, HOSTILE):
        typed("store", "rename", STORE, f"a{each}b", status=2)
    assert shop.title() == ""
    typed("store", "rename", STORE, "Grüße 雪 №1")
    assert shop.title() == "Grüße 雪 №1"


class Slow(FakeStores):
    """Somebody else is quicker."""

    meanwhile: Callable[[], object] | None = None

    def rename(self, store: StoreId, title: str, seen: str) -> bool:
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return super().rename(store, title, seen)


def test_of_two_who_name_it_at_once_the_second_is_told() -> None:
    stores = Slow([a_connection()])
    stores.meanwhile = lambda: rename_store(stores, STORE, "Pier")
    with pytest.raises(CannotAsk, match="“Pier” at the same time"):
        rename_store(stores, STORE, "Quay")
    stores.meanwhile = lambda: rename_store(stores, STORE, "Quay")
    assert rename_store(stores, STORE, "Quay").title == "Quay", "both wanted the same"
    with pytest.raises(UnknownStore):
        rename_store(stores, StoreId("none"), "x")
