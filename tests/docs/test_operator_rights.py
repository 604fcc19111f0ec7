"""The rights of whoever uses the command line on a deployed stack: enough for what it asks, and narrow."""

import json
import re
from fnmatch import fnmatchcase
from typing import Any

import botocore.session
import pytest

from tests.docs.prose import ROOT

POLICY = json.loads((ROOT / "docs" / "operator-rights.json").read_text(encoding="utf-8"))
STATEMENTS: list[dict[str, Any]] = POLICY["Statement"]
NOT_OF_A_STACK = {
    "arn:aws:events:REGION:ACCOUNT:archive/*",
    "arn:aws:events:REGION:ACCOUNT:replay/tillbridge-*",
}
"""AWS makes up the name of the archive; a replay's begins in our way."""

OF_THE_LOCAL_WORLD = {"lambda"}
"""Services that only `sign-in` and `python -m cli.sam_local` ask."""

RECORDED = {
    "dynamodb:BatchGetItem": ("links", "orders", "pending", "read-model", "stores"),
    "dynamodb:GetItem": ("stores",),
    "dynamodb:PutItem": ("stores",),
    "dynamodb:Query": ("history", "links", "orders", "pending", "read-model", "stores"),
    "dynamodb:UpdateItem": ("pending", "stores"),
    "sqs:ChangeMessageVisibility": ("pos-events-dlq",),
    "sqs:DeleteMessage": ("pos-events-dlq", "store-work-dlq.fifo", "undelivered"),
    "sqs:GetQueueAttributes": ("claim-parts", "imports-dlq.fifo", "store-work.fifo", "undelivered"),
    "sqs:ReceiveMessage": ("claim-parts-dlq", "orders-dlq.fifo", "undelivered"),
    "sqs:SendMessage": ("orders.fifo", "store-work.fifo"),
}
"""What the commands asked of tables and queues when each was run in a local world."""


def _resources(statement: dict[str, Any]) -> list[str]:
    named = statement["Resource"]
    return [named] if isinstance(named, str) else named


def _allowed(action: str, name: str) -> bool:
    return any(
        action in each["Action"]
        and any(fnmatchcase(f"OWN-{name}", re.split("[:/]", one)[-1]) for one in _resources(each))
        for each in STATEMENTS
    )


@pytest.mark.parametrize(("action", "names"), RECORDED.items())
def test_what_commands_ask_for_is_allowed(action: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if not _allowed(action, name)] == []


def test_each_service_that_commands_ask_has_rights() -> None:
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "cli").rglob("*.py")]
    asked = {name for text in code for name in re.findall(r'client\("([a-z]+)"', text)}
    allowed = {action.partition(":")[0] for each in STATEMENTS for action in each["Action"]}
    assert asked - OF_THE_LOCAL_WORLD == allowed


def test_each_right_is_one_that_aws_knows() -> None:
    session = botocore.session.get_session()
    for each in STATEMENTS:
        for action in each["Action"]:
            service, _, operation = action.partition(":")
            assert operation in session.get_service_model(service).operation_names, action


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda each: str(each["Sid"]))
def test_a_right_is_one_action_on_this_stack(statement: dict[str, Any]) -> None:
    assert all("*" not in action for action in statement["Action"])
    others = [one for one in _resources(statement) if "STACK" not in one and "OWN-" not in one]
    assert set(others) <= NOT_OF_A_STACK


def test_nobody_speaks_as_the_console_or_as_a_pos() -> None:
    [asks] = [each for each in STATEMENTS if "events:PutEvents" in each["Action"]]
    assert asks["Condition"] == {"StringEquals": {"events:source": "tillbridge.cli"}}
