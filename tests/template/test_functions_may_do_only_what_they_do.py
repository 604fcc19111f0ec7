"""The complete rights on tables: one more is a decision. That none is missing is shown by the local
AWS, which enforces the roles."""

import pytest

from tests.template.rules.permissions import grants
from tests.template.rules.reading import Template

READ, WRITE = {"BatchGetItem"}, {"BatchWriteItem"}
CHANGE = {"PutItem", "UpdateItem", "DeleteItem"}

# By adapter: pending marks by UpdateItem, is listed by its index (Query) and counted whole (Scan); links, what is remembered of a
# store and outcomes are put under a condition; the read model is written in batches.
TABLES: dict[str, dict[str, set[str]]] = {
    "IntakeRole": {
        "PendingTable": {"UpdateItem"},
        "StoresTable": READ,
    },
    "SweepRole": {
        "PendingTable": {"Scan"},
        "StoresTable": READ | CHANGE | {"GetItem", "Query"},
    },
    "PushRole": {
        "PendingTable": READ | {"UpdateItem", "DeleteItem", "Query"},
        "LinksTable": READ | CHANGE | {"Query"},
        "StoresTable": READ | WRITE | CHANGE | {"GetItem", "Query"},
        "ReadModelTable": READ | WRITE,
    },
    "ReconcileRole": {
        "PendingTable": READ | {"UpdateItem"},
        "LinksTable": READ | {"PutItem", "UpdateItem", "Query"},
        "StoresTable": READ | WRITE | {"GetItem", "Query", "PutItem", "UpdateItem"},
        "ReadModelTable": READ | WRITE | {"Query", "DeleteItem"},
    },
    "ImportRole": {
        "PendingTable": {"UpdateItem"},
        "LinksTable": READ | CHANGE,
        "CountersTable": READ | CHANGE,
        "StoresTable": READ | {"PutItem", "DeleteItem"},
        "ReadModelTable": WRITE,
    },
}


@pytest.mark.parametrize("role", TABLES)
def test_a_function_has_these_rights_on_tables_and_no_others(role: str, template: Template) -> None:
    granted: dict[str, set[str]] = {}
    for action, resource in grants(template, role):
        service, _, what = action.partition(":")
        if service == "dynamodb":
            granted.setdefault(resource, set()).add(what)
    assert granted == TABLES[role]
