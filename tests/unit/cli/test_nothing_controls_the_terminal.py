"""Whatever a name holds and whichever way it is printed, nothing of it controls the terminal; and no
command prints past the one place where that is seen to."""

import ast
import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from rich.text import Text
from typer.testing import CliRunner

from cli.check_pos.run import Finding, Report
from cli.check_pos.table import report_table
from cli.commands.store import list as store_list
from cli.deployment import target as deployment
from cli.main import app
from cli.screen import bars, link_report, view_table
from cli.screen import console as console_module
from cli.screen.console import Screen, print_json, table
from cli.sides.view_choices import Side
from cli.sides.views import Page
from cli.trouble import say
from tests.builders import a_connection
from tests.fakes.removals import FakeRemovals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.unit.cli.test_shown import HOSTILE
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link_requests import LinkAnswer
from tillbridge.domain.pos_trouble import PosTrouble

ESCAPES = {"clear": "\x1b[2J", "title": "\x1b]0;t\x07", "c1": "\x9b31m", "link": "\x1b]8;;x\x1b\\"}
CASES = {**{f"{ord(c):04X}": c for c in HOSTILE}, **ESCAPES}

type Print = Callable[[str], None]


@pytest.fixture(params=[True, False], ids=["terminal", "pipe"])
def out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Return what every console of the command line prints, on a terminal and in a pipe."""
    stream = io.StringIO()
    for name in ("console", "errors"):
        screen = Screen(file=stream, force_terminal=request.param, width=200, color_system=None)
        for module in list(sys.modules.values()):
            if getattr(module, "__name__", "").startswith("cli.") and hasattr(module, name):
                monkeypatch.setattr(module, name, screen)
    return stream


def _page(name: str) -> None:
    row: Any = dict.fromkeys(("id", "name", "sku", "product_number", "price", "stock"), name)
    row |= {"status": "failed", "words": [name], "bigcommerce_id": None}
    view_table.print_page(Page([row], name), Side.POS)


def _pushed(name: str) -> None:
    product = PosProductId(name)
    link_report.say_answers([LinkAnswer(product, None, False, name)], name)


def _bar(name: str) -> None:
    with bars.progress_bars() as progress:
        progress.add_task(name, total=1)


def _spinner(name: str) -> None:
    with bars.spinner(name) as say_more:
        say_more(name)


def _stores(name: str) -> None:
    stores = FakeStores(
        [
            a_connection(
                name,
                api_url=name,
                store_hash=name,
                state=StoreState.NEEDS_ATTENTION,
                attention_words=name,
            )
        ]
    )

    class Target:
        pass

    target: Any = Target()
    target.stores, target.removals = stores, FakeRemovals(stores)
    target.store_list = FakeStoreList(stores)
    trouble = PosTrouble(a_connection(name).pos_account.key, "pos_token_dead", name)
    stores.save_connection(a_connection("polled"))
    stores.troubles[StoreId("polled")] = trouble
    stores.save_connection(a_connection("removed", title=name))
    stores.take_out(StoreId("removed"), name, 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deployment, "find_target", lambda _: target)
        store_list.command()


def _on_screen(thing: object) -> None:
    console_module.console.print(thing)


PRINTS: dict[str, Print] = {
    "a line": lambda name: _on_screen(f"Connected 'x' ({name})."),
    "rich's own text": lambda name: _on_screen(Text(name)),
    "a number's type": lambda name: _on_screen([name]),
    "a table": lambda name: _on_screen(table(name, (name, "b"), [(name, name)])),
    "the views": _page,
    "answers about links": _pushed,
    "a bar": _bar,
    "a spinner": _spinner,
    "the stores": _stores,
    "check-pos": lambda name: _on_screen(
        report_table(Report(name, (Finding(name, "missing", needed=True, cost=name),)))
    ),
    "trouble": lambda name: say(RetryLater(name)),
    "a bug": lambda name: say(ValueError(name)),
    "json": lambda name: print_json({name: name}),
}

OF_RICH = (
    "\x1b[1A",
    "\x1b[2K",
    "\x1b[?25l",
    "\x1b[?25h",
    "\x1b[1m",
    "\x1b[0m",
    "\x1b[2m",
    "\x1b[3m",
)
"""What Rich sends for bars, bold and dim: cursor up, clear a line, hide and show the cursor."""


def _left(text: str) -> set[str]:
    for own in OF_RICH:
        text = text.replace(own, "")
    between = {"\n", "\r", "\t"}  # lines, and in a pipe the cells of a table
    return {each for each in text if each in HOSTILE or each in "\x1b\x9b"} - between


@pytest.mark.parametrize("hostile", CASES.values(), ids=CASES)
@pytest.mark.parametrize("how", PRINTS)
def test_nothing_of_a_name_controls_the_terminal(how: str, hostile: str, out: io.StringIO) -> None:
    with redirect_stdout(out):
        PRINTS[how](f"Mug {hostile}x")
    assert "Mug" in out.getvalue() or how == "a spinner"  # which a pipe does not get
    assert not _left(out.getvalue())


def test_between_tabs_a_name_makes_neither_cell_nor_line() -> None:
    stream = io.StringIO()
    Screen(file=stream).print(table("Stores", ("name", "b"), [("Mug\tx\ny\r\\z", "2")]))
    assert stream.getvalue() == "name\tb\nMug\\tx\\ny\\r\\\\z\t2\n"


@pytest.mark.parametrize("how", ["a line", "a table", "answers about links", "the stores"])
def test_a_name_cannot_forge_a_line_of_ours(how: str, out: io.StringIO) -> None:
    PRINTS[how]("Mug\n✓ Every promise held.\r✓ Nothing failed.")
    assert not [line for line in out.getvalue().splitlines() if line.startswith("✓")]


@pytest.mark.parametrize("hostile", CASES.values(), ids=CASES)
def test_what_cannot_run_is_said_without_controlling_the_terminal(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path))
    for words in (
        ("import", "--filter", f"brand{hostile}x=1"),
        ("import", "--id", f"{hostile}x"),
        (f"put{hostile}x",),
        ("link", f"--un{hostile}x"),
    ):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 2, (words, done.output)
        assert not _left(done.output), words


class _PrintsPast(ast.NodeVisitor):
    """Finds what goes to the terminal without passing the screen."""

    FORBIDDEN = (
        *("print", "input", "pprint", "typer.echo", "typer.secho", "click.echo", "typer.prompt"),
        *("sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer.write", "os.write"),
        *("Console", "rich.print", "rich.console.Console", "Text.from_markup", "Text.from_ansi"),
        *("Screen", "traceback.print_exc", "traceback.print_exception", "warnings.warn"),
    )

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_Call(self, node: ast.Call) -> None:
        called = ast.unparse(node.func)
        if called in self.FORBIDDEN:
            self.found.append(called)
        if called.endswith((".status", "typer.confirm")) and not _is_ours(node.args[0]):
            self.found.append(ast.unparse(node))
        if any(keyword.arg in ("markup", "emoji") for keyword in node.keywords):
            self.found.append(ast.unparse(node))
        self.generic_visit(node)


def _is_ours(words: ast.expr) -> bool:
    """Return whether words are a constant, have nothing in them but counts, or are made visible."""
    if isinstance(words, ast.JoinedStr):
        values = [each.value for each in words.values if isinstance(each, ast.FormattedValue)]
        return all(ast.unparse(value).startswith("counted(") for value in values)
    return isinstance(words, ast.Constant) or ast.unparse(words).startswith("shown(")


def _past(code: str) -> list[str]:
    visitor = _PrintsPast()
    visitor.visit(ast.parse(code))
    return visitor.found


def test_no_command_prints_past_the_screen(repository: Path) -> None:
    screen = repository / "cli" / "screen" / "console.py"
    found = {
        str(path.relative_to(repository)): past
        for path in sorted((repository / "cli").rglob("*.py"))
        if path != screen and (past := _past(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "print(name)",
        "typer.echo(name)",
        "sys.stdout.write(name)",
        "Console().rule()",
        "Text.from_markup(name)",
        "errors.status(f'reading {name}')",
        "typer.confirm(name)",
        "console.print(name, markup=True)",
    ],
)
def test_what_prints_past_the_screen_is_found(code: str) -> None:
    assert _past(code)


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-8"])
def test_a_terminal_of_another_encoding_gets_question_marks_and_no_traceback(
    encoding: str, repository: Path
) -> None:
    code = (
        "import sys, typer; from cli import main; from cli.screen.console import console, table\n"
        "app = typer.Typer()\n"
        "@app.command()\n"
        "def go() -> None: console.print('✓ 緑茶 \\ud83d', table('Ünter', ('é',), [('日本',)]))\n"
        "main.app = app; sys.argv = ['tillbridge']; main.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        cwd=repository,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert b"U+D83D" in done.stdout
