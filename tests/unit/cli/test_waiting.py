"""A command that waits says at Ctrl-C that the work goes on, and knows a store that waits itself."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cli.asking import quiet
from cli.cannot_run import CannotRun
from cli.deployment.backlog import Backlog
from cli.deployment.function_errors import function_errors
from cli.screen.console import errors
from cli.screen.waiting import change_links, may_stop_waiting
from tests.builders import a_connection
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import StoreState
from tillbridge.domain.ids import StoreId

SHOP = StoreId("shop")


class Deployment:
    """A target of one store, whose functions log one error each."""

    endpoint_url = None

    def __init__(self, **settings: Any) -> None:
        self.stores = FakeStores()
        self.stores.save_connection(a_connection(SHOP, **settings))
        self.outputs = {"push_function_name": "tb-push", "bus_name": "tb"}

    def client(self, _service: str) -> Any:
        return self

    def filter_log_events(self, logGroupName: str, **_: Any) -> Any:  # noqa: N803 - AWS's names
        return {"events": [{"timestamp": 1, "message": f"ERROR in {logGroupName}"}]}


def test_ctrl_c_says_that_the_work_goes_on_and_ends_with_130() -> None:
    app = typer.Typer()

    @app.command()
    def waits() -> None:
        with may_stop_waiting("runs"):
            raise KeyboardInterrupt

    done = CliRunner().invoke(app)
    assert done.exit_code == 130


WAITS = {"push_and_wait", "ask_links", "ask_for_run", "run_import", "replay", "until_quiet"}
"""What waits for work that goes on by itself."""


def _waits_unsaid(tree: ast.AST, *, said: bool = False) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        inside = said or (
            isinstance(node, ast.With) and "may_stop_waiting" in ast.unparse(node.items[0])
        )
        if isinstance(node, ast.Call) and ast.unparse(node.func) in WAITS and not said:
            yield f"line {node.lineno}"
        yield from _waits_unsaid(node, said=inside)


def test_every_command_that_waits_says_at_ctrl_c_what_goes_on(repository: Path) -> None:
    files = [
        each
        for wing in ("commands", "screen")
        for each in (repository / "cli" / wing).rglob("*.py")
    ]
    unsaid = {
        f"{file.relative_to(repository)}, {place}"
        for file in files
        for place in _waits_unsaid(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert unsaid == set()
    assert [*_waits_unsaid(ast.parse("with spinner():\n  ask_for_run()"))] == ["line 2"]


def test_the_words_name_the_command_that_shows_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(errors, "print", lambda words, **_: told.append(words))
    with pytest.raises(typer.Exit), may_stop_waiting("runs"):
        raise KeyboardInterrupt
    assert "goes on; `tillbridge runs` shows it." in told[0]


def test_links_of_a_paused_store_are_not_waited_for() -> None:
    deployment: Any = Deployment(state=StoreState.PAUSED)
    with pytest.raises(CannotRun, match="tillbridge store resume"):
        change_links(deployment, SHOP, "unlink.requested", [{"product_id": "p-1"}], "unlinked")


def test_work_that_waits_for_a_person_says_for_what(monkeypatch: pytest.MonkeyPatch) -> None:
    deployment: Any = Deployment(
        state=StoreState.NEEDS_ATTENTION, attention_words="Store a new access token."
    )
    monkeypatch.setattr(quiet, "backlog", lambda *_: Backlog(Counter(), 1))
    monkeypatch.setattr(quiet, "PATIENCE_S", -1.0)
    with pytest.raises(quiet.NeverQuiet, match="needs attention: Store a new access token"):
        quiet.until_quiet(deployment, SHOP)


def test_only_our_own_functions_logs_are_read() -> None:
    deployment: Any = Deployment()
    assert function_errors(deployment) == ["tb-push: ERROR in /aws/lambda/tb-push"]
