"""What TAB offers: names and ids that are there, as plain words, and nothing at all when anything is wrong."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.deployment import target as deployment
from cli.deployment.where import Where, where
from cli.deployment.world import own_world
from cli.main import app
from tests.builders import a_connection
from tests.fakes.stores import FakeStores

type Tab = Callable[..., list[str]]

HOSTILE = ["$(reboot)", "a b", "`id`", "-x", "a;b", "a\nb", "\x1b[2J", "a'b", "<x", "~", "!!", "*"]
IDS = ["p-1", "p-10", "p/2", "ä-3", *HOSTILE]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path))
    for each in ("TILLBRIDGE_STACK", "TILLBRIDGE_WORLD"):
        monkeypatch.delenv(each, raising=False)


@pytest.fixture
def tab() -> Tab:
    """Return a function that types words and presses TAB in the last one; it returns what bash is offered."""

    def press(*words: str) -> list[str]:
        line = " ".join(["tillbridge", *words])
        env = {
            "_TILLBRIDGE_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words)),
        }
        done = CliRunner(env=env).invoke(app, prog_name="tillbridge")
        assert "Traceback" not in done.output, done.output
        return [each for each in done.output.splitlines() if each]

    return press


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Where]:
    """Have two stores connected wherever one looks; return where it was looked."""
    looked: list[Where] = []
    stores = FakeStores([a_connection(each) for each in ("shop", "shed")])

    def query(ExpressionAttributeValues: Any, Limit: int, **_: Any) -> Any:  # noqa: N803 - boto3's names
        begin = ExpressionAttributeValues.get(":begin", {}).get("S", "")
        assert ExpressionAttributeValues[":pk"] == {"S": "shop#pos"}
        found = [each for each in IDS if each.startswith(begin)]
        return {"Items": [{"sk": {"S": each}} for each in found[:Limit]]}

    def find(_stack: str = "") -> Any:
        looked.append(where())
        return SimpleNamespace(
            stores=stores,
            outputs={"read_model_table": "rows"},
            client=lambda _: SimpleNamespace(query=query),
        )

    monkeypatch.setattr(deployment, "find_target", find)
    return looked


def test_commands_and_statuses_are_offered(tab: Tab) -> None:
    assert tab("oversel") == ["oversell"]
    assert tab("store", "rot") == ["rotate-token"]
    assert tab("list", "--status", "l") == ["linked", "left-out"]


def test_the_worlds_that_run_are_offered(tab: Tab) -> None:
    with own_world("b") as remember:
        assert tab("list", "--world", "") == []
        remember({})
        assert tab("list", "--world", "") == ["b"]
        assert tab("--world", "b") == ["b"]
        assert tab("--world", "c") == []


def test_the_stores_are_offered_of_what_was_named_before(tab: Tab, asked: list[Where]) -> None:
    assert sorted(tab("--profile", "p", "list", "--stack", "s", "--store", "sh")) == [
        "shed",
        "shop",
    ]
    assert tab("list", "--store", "sho") == ["shop"]
    assert asked == [Where("s", "", "p", ""), Where()]


@pytest.mark.parametrize("command", ["show", "why", "push", "link", "unlink", "undo", "accept"])
def test_ids_of_products_are_offered(command: str, tab: Tab, asked: list[Where]) -> None:
    assert tab("--world", "b", command, "--store", "shop", "p-") == ["p-1", "p-10"]
    assert asked == [Where(world="b")]


def test_no_id_is_offered_that_a_shell_would_not_take_as_a_word(
    tab: Tab, asked: list[Where]
) -> None:
    assert tab("push", "--store", "shop", "p-1", "") == ["p-1", "p-10", "p/2", "ä-3"]
    assert len(asked) == 1


def test_without_a_store_that_is_meant_there_is_no_id_to_offer(
    tab: Tab, asked: list[Where]
) -> None:
    assert tab("push", "p-") == []
    assert asked


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--store", "s"),
        ("show", "p"),
        ("list", "--world", "b", "--stack", "s", "--store", "s"),
        ("--world", "nope", "push", "p"),
        ("list", "--store", "s", "--nonsense", "x"),
    ],
    ids=" ".join,
)
def test_trouble_is_no_offer(words: tuple[str, ...], tab: Tab) -> None:
    assert tab(*words) == []
