"""A program connects a store as a person does: with each scope told, and no token given back."""

from typing import Any

import pytest

from tests.builders import STORE
from tests.console.api.calls import Console, a_person, call
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.token_box import FakeTokenBox
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Role

OWNER = a_person(**{"*": Role.OWNER})
SECRET = "bc-5ecret"


def asked(console: Console, **changed: Any) -> Any:
    account, *_ = console.deps.connections.pos_accounts()
    body = {"name": "quay", "store_hash": "abc", "access_token": SECRET, "pos": account.key}
    body = {name: value for name, value in {**body, **changed}.items() if value is not None}
    return call(console, "POST", "/stores", person=OWNER, body=body)


def sides(console: Console) -> FakeSides:
    found = console.deps.scopes
    assert isinstance(found, FakeSides)
    return found


def kept(console: Console) -> dict[str, str]:
    found = console.deps.tokens
    assert isinstance(found, FakeTokenBox)
    return found.kept


def test_a_store_is_connected_once_and_each_scope_is_told(console: Console) -> None:
    first = asked(console)
    assert (first.status, first.body["id"], first.body["anew"]) == (201, "quay", True)
    assert [each["there"] for each in first.body["scopes"]] == [True, True, True, None, True]
    again = asked(console)
    assert (again.status, again.body["anew"]) == (201, False)
    assert kept(console) == {"store/quay": SECRET}


def test_a_scope_that_is_missing_is_named(console: Console) -> None:
    sides(console).lacks = {"Inventory"}
    told = asked(console)
    assert (told.status, told.body["code"]) == (422, "cannot_connect")
    assert "lacks “Inventory: modify”" in told.body["detail"]
    assert {"place": "scopes.Inventory", "kind": "missing"} in told.body["fields"]
    assert SECRET not in str(told.body)
    assert (kept(console), console.deps.stores.find(StoreId("quay"))) == ({}, None)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"name": "a/b"}, "body.name"),
        ({"name": "connect"}, "body.name"),
        ({"name": str(STORE)}, "body.name"),
        ({"store_hash": ""}, "body.store_hash"),
        ({"access_token": "two words"}, "body.access_token"),
        ({"pos": "gone"}, "body.pos"),
        (
            {
                "pos": None,
                "new_pos": {"address": "http://10.0.0.1", "access_token": "t", "sender": "pos.x"},
            },
            "body.new_pos.address",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    console: Console, changed: dict[str, Any], place: str
) -> None:
    told = asked(console, **changed)
    assert told.status == 422
    assert place in [each["place"] for each in told.body["fields"]]
    assert kept(console) == {}


@pytest.mark.parametrize(
    "changed", [{"pos": None}, {"api_url": "https://evil.example"}, {"name": 7}]
)
def test_a_body_of_another_shape_is_refused(console: Console, changed: dict[str, Any]) -> None:
    told = asked(console, **changed)
    assert (told.status, told.body["code"]) == (422, "invalid")
    assert SECRET not in str(told.body)


def test_bigcommerce_that_is_down_is_worth_another_try(console: Console) -> None:
    sides(console).down = True
    assert asked(console).status == 503
