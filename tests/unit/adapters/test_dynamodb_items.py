"""Items and updates are each composed in one place, which also writes the version of the shape."""

import ast
from pathlib import Path

import pytest

from tests.builders import a_connection
from tillbridge.adapters.dynamodb.attributes import SHAPE, from_item, new_item
from tillbridge.adapters.dynamodb.expressions import update
from tillbridge.adapters.dynamodb.keys import key
from tillbridge.adapters.dynamodb.store_items import connection_of, connection_values
from tillbridge.adapters.dynamodb.stores import readable
from tillbridge.domain.errors import UnreadableStore
from tillbridge.domain.ids import StoreId

ADAPTERS = Path("layers", "common", "python", "tillbridge", "adapters", "dynamodb")


def test_a_new_item_is_its_key_its_values_and_its_shape() -> None:
    item = new_item(key("harbour", "pos#1"), {"name": "Rope", "level": None})
    assert from_item(item) == {"pk": "harbour", "sk": "pos#1", "name": "Rope", "v": SHAPE}


def test_an_update_writes_the_shape_and_goes_over_no_newer_row() -> None:
    arguments = update(["#next = :next"], {"next": 7}, removes=["#old"])
    assert arguments["UpdateExpression"] == "SET #next = :next, #v = :v REMOVE #old"
    assert arguments["ExpressionAttributeNames"] == {"#next": "next", "#v": "v", "#old": "old"}
    assert arguments["ExpressionAttributeValues"] == {":next": {"N": "7"}, ":v": {"N": "1"}}
    not_newer = "attribute_not_exists(#v) OR #v <= :v"
    assert arguments["ConditionExpression"] == f"({not_newer})"


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("to_item", {"attributes.py", "expressions.py", "statements.py"}),
        ("SHAPE", {"attributes.py", "expressions.py", "statements.py"}),
        ("UpdateExpression", {"expressions.py"}),
    ],
)
def test_no_writer_puts_items_or_updates_together_itself(
    repository: Path, word: str, places: set[str]
) -> None:
    used = {
        path.name
        for path in (repository / ADAPTERS).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if word in (getattr(node, "id", None), getattr(node, "value", None))
    }
    assert used == places


@pytest.mark.parametrize("odd", [{"state": "asleep"}, {"settings": {}}, {"store": None}], ids=str)
def test_a_connection_that_cannot_be_read_is_an_error_of_its_store_in_words(
    odd: dict[str, object],
) -> None:
    values = connection_values(a_connection("harbour")) | odd
    if odd == {"store": None}:
        del values["api_url"]
    with pytest.raises(UnreadableStore, match="'harbour' cannot be read"):
        readable(StoreId("harbour"), lambda: connection_of(values))
