"""The complete rights on tables: one more is a decision. That none is missing is shown by the local
AWS, which enforces the roles."""

import pytest

from tests.template.rules.permissions import grants
from tests.template.rules.reading import Template

READ, WRITE = {"BatchGetItem"}, {"BatchWriteItem"}
CHANGE = {"PutItem", "UpdateItem", "DeleteItem"}
MARK = {"PartiQLInsert", "PartiQLUpdate"}

# By adapter: pending marks by UpdateItem or statements (PartiQL), is cleared and postponed by statements,
# read by lane (Query) and counted whole (Scan); links are updated by statements; links, what is remembered of
# a store and outcomes are put under a condition; the read model is read before it is written, in batches; web orders are
# put and deleted in transactions, for which each write's own right is asked; the sweep deletes what is left of
# removed stores in batches.
TABLES: dict[str, dict[str, set[str]]] = {
    "IntakeRole": {
        "PendingTable": {"UpdateItem"} | MARK,
        "StoresTable": READ | {"UpdateItem"},
    },
    "SweepRole": {
        "PendingTable": WRITE | {"Scan", "Query"},
        "StoresTable": READ | WRITE | CHANGE | {"GetItem", "Query", "Scan"},
        "LinksTable": WRITE | {"Query"},
        "ReadModelTable": WRITE | {"Query"},
        "OrdersTable": WRITE | {"Query"},
        "HistoryTable": WRITE | {"Scan"},
        "CountersTable": WRITE | {"Query", "DeleteItem"},
        "PosMirrorTable": WRITE | {"Query"},
    },
    "WebhooksRole": {
        "PendingTable": {"UpdateItem"},
        "StoresTable": READ,
    },
    "ConsoleRole": {
        "PendingTable": READ | {"Query"},
        "LinksTable": READ,
        "StoresTable": READ | WRITE | CHANGE | {"GetItem", "Query"},
        "ReadModelTable": READ | {"Query"},
        "HistoryTable": READ | WRITE | {"Query"},
        "OrdersTable": READ | {"Query"},
    },
    "PushRole": {
        "PendingTable": READ | MARK | {"UpdateItem", "DeleteItem", "Query", "PartiQLDelete"},
        "LinksTable": READ | CHANGE | {"Query", "PartiQLUpdate"},
        "StoresTable": READ | WRITE | CHANGE | {"GetItem", "Query"},
        "ReadModelTable": READ | WRITE,
        "OrdersTable": READ | {"Query", "PutItem", "DeleteItem"},
        "HistoryTable": WRITE | {"PutItem", "Query"},
        "PosMirrorTable": READ | {"GetItem", "Query"},
    },
    "OrdersRole": {
        "PendingTable": READ | MARK | {"UpdateItem", "Query", "PartiQLDelete"},
        "StoresTable": READ,
        "OrdersTable": READ | {"Query", "PutItem", "DeleteItem"},
        "HistoryTable": WRITE | {"Query"},
    },
    "PollRole": {
        "PendingTable": {"GetItem", "DeleteItem"},
        "StoresTable": READ | {"Query", "PutItem", "UpdateItem"},
        "CountersTable": {"UpdateItem"},
        "PosMirrorTable": READ | WRITE | MARK | {"GetItem", "PutItem", "Query"},
    },
    "ReconcileRole": {
        "PendingTable": READ | MARK | {"UpdateItem"},
        "LinksTable": READ | {"PutItem", "UpdateItem", "Query", "PartiQLUpdate"},
        "PosMirrorTable": READ | {"GetItem", "Query"},
        "StoresTable": READ | WRITE | {"GetItem", "Query", "PutItem", "UpdateItem"},
        "ReadModelTable": READ | WRITE | {"Query"},
        "OrdersTable": {"Query"},
        "HistoryTable": WRITE | {"Query"},
    },
    "ImportRole": {
        "PendingTable": {"UpdateItem"},
        "LinksTable": READ | {"PutItem", "DeleteItem", "PartiQLUpdate"},
        "PosMirrorTable": READ | {"GetItem", "Query"},
        "CountersTable": READ | CHANGE,
        "StoresTable": READ | {"PutItem", "UpdateItem"},
        "ReadModelTable": READ | WRITE,
        "HistoryTable": WRITE,
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
