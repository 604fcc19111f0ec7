"""`--json` has one meaning: a flag of every command; one object on standard output (of those that go on: a line
each), of the shape in contracts/cli.schema.json; the words for people and the exit status as without it."""

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from typer.core import TyperCommand, TyperOption

from cli.cannot_run import CannotRun
from cli.command_group import CommandGroup
from cli.commands.options import JsonOption
from cli.deployment import connections
from cli.deployment import target as deployment
from cli.main import app
from cli.screen.console import console
from cli.shapes.schema import written
from cli.shapes.table import SHAPES
from tests.builders import STORE, a_connection
from tests.unit.cli.json_cases import CASES, ODD, Case, gives, target
from tests.unit.cli.test_help import MODULES
from tests.unit.cli.typed import SCHEMA, command_of, run, typed

ELSEWHERE = {
    "show": "test_show.py",
    "why": "test_why.py",
    "status": "test_status.py",
    "problems": "test_status.py",
    "freshness": "test_freshness.py",
    "orders list": "test_orders.py",
    "orders show": "test_orders.py",
    "orders ack": "test_orders.py",
    "orders retry": "test_orders.py",
    "orders take": "test_orders.py",
    "oversell": "test_oversell.py",
    "dead-letters": "test_dead_letters.py",
    "demo": "test_figures_as_json.py",
    "verify": "test_figures_as_json.py",
}
"""Commands whose JSON is judged where the world is that they need: `typed` judges whatever it prints."""


@pytest.fixture(autouse=True)
def _a_deployment(monkeypatch: pytest.MonkeyPatch, repository: Path) -> None:
    monkeypatch.chdir(repository)
    made = target()
    monkeypatch.setattr(connections, "choose", lambda *_: (made, STORE))
    monkeypatch.setattr(connections, "connection_of", lambda *_: a_connection())
    for name in ("need_target", "find_target"):
        monkeypatch.setattr(deployment, name, gives(made))


def _put(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    places = [path.rpartition(".") for path in case.instead]
    modules = [import_module(module) for module, _, _ in places]  # all, before any is changed
    for module, (_, _, name), value in zip(modules, places, case.instead.values(), strict=True):
        monkeypatch.setattr(module, name, value)


def test_every_command_has_a_shape_and_is_run() -> None:
    assert set(SHAPES) == set(MODULES), "cli/shapes/table.py names the shape of each command"
    judged = {command_of((*case.words,)) for case in CASES} | set(ELSEWHERE)
    assert judged == set(SHAPES), "json_cases.py has a call of each command"


@pytest.mark.parametrize("file", sorted({*ELSEWHERE.values()}))
def test_what_is_judged_elsewhere_is(file: str) -> None:
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    assert "import typed" in text
    assert '"--json"' in text
    assert "CliRunner" not in text, "`typed` judges the shape"


@pytest.mark.parametrize("command", MODULES)
def test_json_is_a_flag_of_every_command_and_the_same_one(command: str) -> None:
    at: Any = typer.main.get_command(app)
    context = typer.Context(at)
    for word in command.split():
        assert isinstance(at, CommandGroup)
        at = at.get_command(context, word)
    assert isinstance(at, TyperCommand)
    (option,) = [each for each in at.params if "--json" in each.opts]
    assert isinstance(option, TyperOption)
    assert option.is_flag
    assert option.help == get_args(JsonOption)[1].help


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_prints_one_object_of_its_shape_and_ends_as_without(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(case, monkeypatch)
    assert typed(*case.words, "--json", status=case.status)
    run(*case.words, status=case.status)
    assert not console.stderr, "the next command prints to standard output again"


def test_a_name_comes_out_as_it_went_in(monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = (each for each in CASES if each.words == ("list",))
    _put(case, monkeypatch)
    told = json.loads(typed("list", "--json"))
    assert [each["name"] for each in told["products"]] == [ODD, ODD]
    assert [(e["pos_id"], e["bigcommerce_id"]) for e in told["products"]] == [
        ("p-1", None),
        ("p-1", 812),
    ]


@pytest.mark.parametrize(
    "words", [("link", "--suggest", "--apply"), ("orders", "ack", "7")], ids=" ".join
)
def test_a_program_is_asked_nothing(words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = (each for each in CASES if each.words == ("link", "--suggest"))
    _put(case, monkeypatch)
    monkeypatch.setattr("cli.deployment.orders.unanswered", gives([]))
    done = run(*words, "--json", status=2, answer="y\n")
    assert "Add --yes" in done.stderr
    assert not done.stdout


def test_what_cannot_run_is_said_on_standard_error_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise CannotRun("No local world is running.")

    monkeypatch.setattr(connections, "choose", cannot)
    done = run("list", "--json", status=1)
    assert (done.stdout, done.stderr.split("\n")[0]) == ("", "Error: No local world is running.")


def test_the_contract_is_made_of_the_shapes() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == written(), "`make openapi` writes it"
