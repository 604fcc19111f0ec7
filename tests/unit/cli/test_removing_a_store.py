"""`store remove` at the command line: the name is typed again, and what is left is said."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from botocore.exceptions import ClientError

from cli.cannot_run import CannotRun
from cli.commands.store import list as store_list
from cli.deployment import removing, target
from cli.screen import removal_report
from tests.builders import STORE, a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.removals import FakeRemovals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.unit.cli.typed import typed
from tillbridge.domain.canary import Canary
from tillbridge.domain.errors import Refused, RetryLater, StoreDown, TillbridgeError
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.removal import Removal
from tillbridge.usecases.remove_store import RemoveDeps

PIER = StoreId("pier")


class Shop:
    """A deployment in memory with two stores of one POS account."""

    def __init__(self) -> None:
        self.stores = FakeStores([a_connection(), a_connection(PIER, store_hash="p1")])
        self.store_list, self.removals = FakeStoreList(self.stores), FakeRemovals(self.stores)
        self.endpoint_url = None
        self.hooks_left = ""
        self.trouble: type[TillbridgeError] = TillbridgeError

    def hooks(self) -> str:
        if self.hooks_left:
            raise self.trouble(self.hooks_left)
        return "Webhooks taken off BigCommerce: 5."

    def take_off(self, _: Removal) -> dict[str, Callable[[], str]]:
        return {"Its webhooks": self.hooks}

    def deps(self, _: object) -> RemoveDeps:
        parts = self.stores, self.store_list, self.removals, FakeClock()
        return RemoveDeps(*parts, self.take_off, lambda *_: None)


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    for name in ("need_target", "find_target"):
        monkeypatch.setattr(target, name, lambda *_: made)
    monkeypatch.setattr(removal_report, "has_links", lambda *_: True)
    monkeypatch.setattr(removing, "remove_deps", made.deps)
    return made


def test_the_name_is_typed_again_and_links_can_be_kept_first(shop: Shop) -> None:
    told = typed("store", "remove", STORE, status=1, answer="harbor\n")
    assert "tillbridge links export --store harbour > harbour-links.csv" in told
    assert "That is not its name. Nothing was done." in told
    assert "Type the store's name again" in typed("store", "remove", STORE, "--yes", "x", status=2)
    assert set(shop.stores.all()) == {STORE, PIER}
    told = typed("store", "remove", STORE, answer="harbour\n")
    assert "Webhooks taken off BigCommerce: 5." in told
    assert "`tillbridge store add harbour`" in told
    assert list(shop.stores.all()) == [PIER]
    assert "No store named 'none' is connected. Connected: pier." in typed(
        "store", "remove", "none", "--yes", "none", status=1
    )


def test_what_could_not_be_taken_off_is_said_and_tried_again(shop: Shop) -> None:
    shop.hooks_left = removing.UNREADABLE
    told = typed("store", "remove", STORE, "--yes", STORE, status=1)
    assert "Its webhooks may still be in BigCommerce: its token is gone" in told
    assert "again: its token is kept" not in told, "no other try helps a dead token"
    shop.hooks_left, shop.trouble = "BigCommerce does not answer.", RetryLater
    told = typed("store", "remove", STORE, "--yes", STORE, status=1)
    assert "Run `tillbridge store remove harbour` again: its token is kept for that." in told
    shop.hooks_left = ""
    told = typed("store", "remove", STORE, "--yes", STORE)
    assert "is removed already. What was left over is tried again." in told


def test_a_removed_store_is_in_the_list_until_nothing_is_left(shop: Shop) -> None:
    typed("store", "remove", STORE, "--yes", STORE)
    assert store_list.command.__doc__
    assert "'harbour' was removed by" in typed("store", "list")
    (entry,) = shop.removals.removed()
    shop.removals.begin_deleting(entry)
    assert "and is being deleted." in typed("store", "list")
    shop.removals.forget(entry)
    assert "removed" not in typed("store", "list")


def test_a_canary_is_deleted_and_a_token_that_cannot_be_read_is_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection = a_connection(canary=Canary(StoreProductId(7), 0))
    removal = Removal(STORE, 1, "mina", connection)
    asked: list[object] = []

    def check(_: object, quiet: object) -> None:
        asked.append(quiet)
        raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetSecretValue")

    monkeypatch.setattr(removing, "check_hooks", check)
    monkeypatch.setattr(removing, "canary_off", lambda *_: True)
    off = removing._take_off(Shop(), removal)  # type: ignore[arg-type]  # a part of one
    assert off["Its canary"]() == "Its canary is deleted."
    with pytest.raises(TillbridgeError, match="token is gone"):
        off["Its webhooks"]()
    for cause, kind in (
        (StoreDown("It is down."), RetryLater),
        (Refused(401, "no"), TillbridgeError),
    ):
        monkeypatch.setattr(removing, "check_hooks", partial(_fails, cause))
        with pytest.raises(kind) as told:
            off["Its webhooks"]()
        assert isinstance(told.value, RetryLater) is (kind is RetryLater)
    assert asked == [replace(connection, settings=type(connection.settings)())], "it wants none"


def _fails(cause: Exception, *_: object) -> None:
    raise CannotRun("The webhooks cannot be checked now.") from cause
