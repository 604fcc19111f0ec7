"""A new token is tried before it is kept."""

import pytest

from tests.builders import STORE, a_connection
from tests.console_deps import console_deps
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tests.fakes.token_box import FakeTokenBox
from tillbridge.domain.connection import Connection, Pause, Settings, StoreState, WebOrderMode
from tillbridge.domain.errors import CannotAsk, RetryLater, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.rotate_token import TokenLacks, rotate_token

NEW = "n3wt0ken" * 4


class Busy(RetryLater):
    def __init__(self) -> None:
        super().__init__("The secret cannot be written just now.")


class Shop:
    """A store whose token is replaced, and what BigCommerce says of the new one."""

    def __init__(self, connection: Connection | None = None) -> None:
        self.stores = FakeStores([connection or a_connection()])
        self.sides, self.box, self.signals = FakeSides(), FakeTokenBox(), FakeSignals()
        self.deps = console_deps(
            stores=self.stores, scopes=self.sides, tokens=self.box, signals=self.signals
        )


def test_a_token_that_may_what_is_needed_is_kept_and_the_store_signalled() -> None:
    shop = Shop()
    reads = rotate_token(shop.deps, STORE, f" {NEW}\n")
    assert shop.box.kept == {f"store/{STORE}": NEW}
    assert shop.signals.signalled == [STORE]
    assert all(each.ok for each in reads)


@pytest.mark.parametrize("lacks", ["Products", "Inventory", "Information & settings"])
def test_a_token_without_a_scope_is_not_kept_and_the_words_say_what_to_click(lacks: str) -> None:
    shop = Shop()
    shop.sides.lacks = {lacks}
    with pytest.raises(TokenLacks, match=rf"The old token stays\..*{lacks}") as told:
        rotate_token(shop.deps, STORE, NEW)
    assert shop.box.kept == {}
    assert NEW not in f"{told.value} {told.value.reads}"


def test_only_a_store_that_reads_web_orders_needs_their_scope() -> None:
    shop = Shop()
    shop.sides.lacks = {"Orders"}
    rotate_token(shop.deps, STORE, NEW)
    reads = Shop(a_connection(settings=Settings(web_orders=WebOrderMode.LEDGER)))
    reads.sides.lacks = {"Orders"}
    with pytest.raises(TokenLacks, match="Orders"):
        rotate_token(reads.deps, STORE, NEW)


def test_a_token_that_bigcommerce_does_not_know_is_not_kept() -> None:
    shop = Shop()
    shop.sides.tokens = {"another"}
    with pytest.raises(TokenLacks, match="BigCommerce refuses the token"):
        rotate_token(shop.deps, STORE, NEW)
    assert shop.box.kept == {}


@pytest.mark.parametrize("odd", ["", "  ", "zwei Worte", "tökèn" * 5, "x" * 5_000, "a\nb: c"])
def test_what_is_no_token_is_sent_nowhere(odd: str) -> None:
    shop = Shop()
    with pytest.raises(CannotAsk, match="this is none") as told:
        rotate_token(shop.deps, STORE, odd)
    assert (shop.sides.asked, shop.box.kept) == ([], {})
    assert not odd.strip() or odd not in str(told.value)


def test_a_store_in_trouble_is_tried_with_its_new_token_at_once() -> None:
    shop = Shop(a_connection(state=StoreState.NEEDS_ATTENTION, not_before_ms=9**15, failures=7))
    rotate_token(shop.deps, STORE, NEW)
    assert shop.stores.find(STORE) == a_connection()


def test_a_paused_store_stays_paused() -> None:
    paused = a_connection(state=StoreState.PAUSED, pause=Pause("Mia", "a sale", 7))
    shop = Shop(paused)
    rotate_token(shop.deps, STORE, NEW)
    assert shop.stores.find(STORE) == paused


def test_a_store_that_is_paused_while_its_token_is_tried_stays_paused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = Shop(a_connection(state=StoreState.NEEDS_ATTENTION))
    by_mia = Pause("Mia", "a sale", 7)
    monkeypatch.setattr(shop.box, "put_store_token", lambda *_: shop.stores.pause(STORE, by_mia))
    rotate_token(shop.deps, STORE, NEW)
    assert shop.stores.find(STORE) == a_connection(state=StoreState.PAUSED, pause=by_mia)


def test_what_cannot_be_tried_or_kept_just_now_changes_nothing() -> None:
    shop = Shop()
    shop.sides.down = True
    with pytest.raises(RetryLater):
        rotate_token(shop.deps, STORE, NEW)
    shop.sides.down, shop.box.death = False, Busy
    with pytest.raises(RetryLater):
        rotate_token(shop.deps, STORE, NEW)
    assert shop.signals.signalled == []


def test_no_token_is_kept_of_a_store_that_is_not_connected() -> None:
    shop = Shop()
    with pytest.raises(UnknownStore):
        rotate_token(shop.deps, StoreId("nowhere"), NEW)
    assert shop.box.kept == {}
