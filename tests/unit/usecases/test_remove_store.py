"""A store is removed: it stops with the first write, and whatever is left over is finished by doing it again."""

from collections.abc import Callable

import pytest

from tests.builders import STORE, a_connection, a_pos_account
from tests.fakes.clock import FakeClock
from tests.fakes.removals import FakeLeftovers, FakeRemovals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import (
    NeedsAttention,
    RetryLater,
    StoreDown,
    TillbridgeError,
    UnknownStore,
)
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.removal import KEPT_MS, Removal
from tillbridge.domain.slices import Turn
from tillbridge.usecases.delete_leftovers import (
    A_SLICE_MS,
    LeftoverDeps,
    delete_leftovers,
)
from tillbridge.usecases.remove_store import LONGEST_SLICE_S, RemoveDeps, RemovedNow, remove_store

PIER = StoreId("pier")
QUAY = a_pos_account("quay")


class Shop:
    """Two stores of one POS account; what happens to the one that is removed is noted in its order."""

    def __init__(self) -> None:
        self.stores = FakeStores(
            [
                a_connection(pos_account=QUAY),
                a_connection(PIER, store_hash="p1", pos_account=QUAY),
            ]
        )
        self.list, self.clock = FakeStoreList(self.stores), FakeClock()
        self.removals, self.leftovers = FakeRemovals(self.stores), FakeLeftovers(self.stores)
        self.happened: list[str] = []
        self.dead_token = self.down = self.dead_pos = False

    def hooks(self) -> str:
        self.happened.append("hooks" if STORE not in self.stores.all() else "hooks too early")
        if self.dead_token:
            raise TillbridgeError("its token is dead.")
        if self.down:
            raise StoreDown("BigCommerce is down.")
        return "Webhooks taken off BigCommerce: 5."

    def take_off(self, removal: Removal) -> dict[str, Callable[[], str]]:
        return {"Its webhooks": self.hooks, "Its canary": lambda: ""}

    def drop(self, store: StoreId, account: PosAccountKey | None) -> None:
        self.happened.append(f"{store}'s secrets" + (f" and {account}'s" if account else ""))

    def leave(self, account: PosAccount) -> str:
        self.happened.append(f"{account.key}'s webhooks")
        if self.dead_pos:
            raise NeedsAttention("token", "its token is dead.")
        return "Webhooks taken off the POS: 2."

    def remove(self, by: str = "mina", store: StoreId = STORE) -> RemovedNow:
        deps = RemoveDeps(
            self.stores,
            self.list,
            self.removals,
            self.clock,
            self.take_off,
            self.drop,
            leave_pos=self.leave,
        )
        return remove_store(deps, store, by)

    def sweeps(self) -> None:
        delete_leftovers(LeftoverDeps(self.removals, self.leftovers, self.list, self.clock))


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.mark.parametrize("state", StoreState)
def test_a_store_stops_before_anything_else_and_its_token_goes_last(
    shop: Shop, state: StoreState
) -> None:
    shop.stores.save_connection(a_connection(pos_account=QUAY, state=state))
    done = shop.remove()
    assert shop.happened == ["hooks", "harbour's secrets"]
    assert (done.anew, done.left, done.done) == (True, (), ("Webhooks taken off BigCommerce: 5.",))
    assert list(shop.stores.all()) == [PIER]
    assert done.removal.until_ms == shop.clock.now_ms() + KEPT_MS


def test_a_pos_account_stays_while_another_store_has_it(shop: Shop) -> None:
    assert shop.remove().shared == (PIER,)
    assert shop.happened[-1] == "harbour's secrets"
    assert shop.remove(store=PIER).shared == (), "the removed one may come back, and its token, too"
    assert shop.happened[-1] == "pier's secrets and quay's"
    shop.clock.advance(KEPT_MS / 1_000)
    shop.sweeps()
    assert shop.removals.forgotten == [QUAY.key], "once nobody has it"


def test_the_last_store_takes_the_secret_of_its_pos_account_along(shop: Shop) -> None:
    shop.stores.save_connection(a_connection(PIER, store_hash="p1", pos_account=a_pos_account("x")))
    assert shop.remove().shared == ()
    assert shop.happened[-1] == "harbour's secrets and quay's"


@pytest.mark.parametrize("dead", [False, True])
def test_webhooks_of_a_pos_go_with_its_last_store_while_its_token_is_there(
    shop: Shop, dead: bool
) -> None:
    shop.dead_pos = dead
    assert shop.remove().done == ("Webhooks taken off BigCommerce: 5.",), "pier still has it"
    last = shop.remove(store=PIER)
    assert shop.happened[-2:] == ["quay's webhooks", "pier's secrets and quay's"]
    assert shop.happened.count("quay's webhooks") == 1
    words = "Webhooks of the POS 'quay' may still lead here: its token is dead."
    assert last.left == ((words,) if dead else ())
    assert ("Webhooks taken off the POS: 2." in last.done) is not dead


def test_a_dead_token_is_said_and_doing_it_again_finishes(shop: Shop) -> None:
    shop.dead_token = True
    done = shop.remove()
    assert done.left == ("Its webhooks may still be in BigCommerce: its token is dead.",)
    assert list(shop.stores.all()) == [PIER], "it is removed all the same"
    shop.dead_token = False
    again = shop.remove("sam")
    assert (again.anew, again.removal.by, again.left) == (False, "mina", ())
    happened = len(shop.happened)
    assert (shop.remove().left, shop.happened[happened:]) == ((), ["harbour's secrets"])


def test_a_token_stays_as_long_as_another_try_may_need_it(shop: Shop) -> None:
    shop.down = True
    done = shop.remove()
    assert (done.again, done.left != (), shop.happened) == (True, True, ["hooks"])
    shop.down = False
    assert not shop.remove().again
    assert shop.happened == ["hooks", "hooks", "harbour's secrets"]


def test_what_nobody_connected_is_not_removed(shop: Shop) -> None:
    with pytest.raises(UnknownStore):
        shop.remove(store=StoreId("none"))
    assert shop.happened == []


@pytest.mark.parametrize("ends", [True, False], ids=["it ends", "it was killed"])
def test_a_slice_under_way_is_waited_for_before_the_hooks_go(shop: Shop, ends: bool) -> None:
    now = shop.clock.now_ms()
    shop.stores.begin_slice(STORE, "slice", now, now + (40_000 if ends else 999_000))
    shop.remove()
    waited_s = (shop.clock.now_ms() - now) / 1_000
    assert waited_s == (40 if ends else LONGEST_SLICE_S)
    assert shop.happened[0] == "hooks"


def test_what_the_last_slice_left_is_for_the_first_one_when_it_comes_back(shop: Shop) -> None:
    now = shop.clock.now_ms()
    shop.stores.begin_slice(STORE, "slice", now, now + 60_000)
    shop.stores.end_slice(STORE, "slice", Turn(hooks_checked_ms=7, after_ms=now + 5))
    shop.remove()
    turn = shop.stores.begin_slice(STORE, "next", now, now + 60_000)
    assert (turn.hooks_checked_ms, turn.after_ms, turn.unsure) == (7, now + 5, False)


def test_nothing_is_deleted_before_thirty_days_and_then_in_slices(shop: Shop) -> None:
    shop.remove()
    shop.clock.advance(KEPT_MS / 1_000 - 1)
    shop.sweeps()
    assert shop.leftovers.deleted == []
    shop.clock.advance(1)
    shop.leftovers.slices = 3
    for _ in range(3):
        shop.sweeps()
    assert [place for _, place in shop.leftovers.deleted] == [
        None,
        ("history", STORE, "2"),
        ("history", STORE, "1"),
    ]
    assert shop.removals.removed() == []
    assert shop.removals.forgotten == [], "the other store has the account"
    shop.sweeps()
    assert len(shop.leftovers.deleted) == 3


def test_a_store_that_came_back_at_that_moment_is_not_deleted(shop: Shop) -> None:
    removal = shop.remove().removal
    shop.clock.advance(KEPT_MS / 1_000)
    (entry,) = shop.removals.removed()
    assert shop.stores.save_back(removal.connection, removal)
    assert not shop.removals.begin_deleting(entry)
    shop.sweeps()
    assert shop.leftovers.deleted == []


def test_deleting_that_takes_long_ends_and_what_fails_holds_up_no_other_store(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.remove()
    shop.remove(store=PIER)
    shop.clock.advance(KEPT_MS / 1_000)
    deps = LeftoverDeps(shop.removals, shop.leftovers, shop.list, shop.clock)

    def slow(store: StoreId, *_: object) -> tuple[None, bool]:
        shop.leftovers.deleted.append((store, None))
        shop.clock.advance(A_SLICE_MS / 1_000)
        return None, False

    monkeypatch.setattr(shop.leftovers, "delete", slow)
    delete_leftovers(deps)
    assert len(shop.leftovers.deleted) == 1, "the other one is the next sweep's"

    def busy(store: StoreId, *_: object) -> tuple[None, bool]:
        if store == STORE:
            raise RetryLater("busy")
        return None, True

    monkeypatch.setattr(shop.leftovers, "delete", busy)
    delete_leftovers(deps)
    assert [entry.store for entry in shop.removals.removed()] == [STORE]
