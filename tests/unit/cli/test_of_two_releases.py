"""The command line and what it works on are of two releases: it says so, and shows what it can."""

import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.credentials import Credentials

from cli import main
from cli.deployment import target
from cli.deployment.target import other_release
from cli.deployment.where import Where
from cli.notices import notices
from tests.builders import a_connection
from tests.fakes.removals import FakeRemovals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.unit.cli.typed import typed
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import SavedByNewer, UnreadableStore
from tillbridge.domain.ids import StoreId
from tillbridge.version import VERSION

WORDS = str(SavedByNewer("Store 'newer'", 2, 1))


class _Stores(FakeStores):
    """One of these stores was saved by a later release."""

    def find(self, store: StoreId) -> Connection | None:
        if store == "newer":
            raise UnreadableStore(WORDS)
        return super().find(store)


def test_a_stack_of_the_same_release_is_not_spoken_of() -> None:
    assert other_release("prod", {"version": VERSION}) == ""


@pytest.mark.parametrize(
    ("outputs", "there"), [({}, "0.1.0"), ({"version": "9.0.0"}, "9.0.0")], ids=str
)
def test_a_stack_of_another_release_is_named_with_both(outputs: dict[str, str], there: str) -> None:
    words = other_release("prod", outputs)
    assert there in words
    assert VERSION in words
    assert "'prod'" in words


def test_it_is_said_beside_what_a_program_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class CloudFormation:
        meta = SimpleNamespace(endpoint_url="https://cloudformation.example")

        def describe_stacks(self, **_: str) -> dict[str, Any]:
            outputs = {"Version": "9.0.0", "StoresTable": "stores"}
            listed = [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()]
            return {"Stacks": [{"Outputs": listed, "StackStatus": "CREATE_COMPLETE"}]}

    def asks() -> None:
        target._deployed(Where(stack="prod"))
        sys.exit(0)

    keys = SimpleNamespace(get_credentials=lambda: Credentials("key", "secret"))
    monkeypatch.setattr(target, "_session", lambda *_: keys)
    monkeypatch.setattr(target, "_client", lambda *_: CloudFormation())
    monkeypatch.setattr(main, "app", asks)
    with pytest.raises(SystemExit):
        main.main()
    notices.clear()
    said = capsys.readouterr()
    assert said.out == ""
    assert "9.0.0" in said.err


def test_one_store_that_is_too_new_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    class World:
        stores = _Stores()
        removals = FakeRemovals(stores)
        store_list = FakeStoreList(stores)

    World.store_list.unreadable.add(StoreId("newer"))
    for store in ("newer", "harbour"):
        World.stores.save_connection(a_connection(store))
    monkeypatch.setattr(target, "find_target", lambda _: World())
    listed = json.loads(typed("store", "list", "--json"))["stores"]
    told = {each["store"]: (each["state"], each["what_to_do"]) for each in listed}
    assert told == {"harbour": ("active", ""), "newer": ("cannot be read", WORDS)}
