"""Whatever a product is called: no name is markup, none controls the terminal, none is lost."""

import io

import pytest

from cli.check_pos.run import Finding, Report
from cli.check_pos.table import report_table
from cli.screen import bars as bars_module
from cli.screen.bars import progress_bars
from cli.screen.console import Screen, table

ODD = ("[red]Mug[/red]", "[/x]", "Heart :heart:", "[bold", "a\\[b]")


def _printed(*things: object, width: int = 80, terminal: bool = True) -> str:
    out = io.StringIO()
    screen = Screen(file=out, width=width, force_terminal=terminal, color_system=None)
    for thing in things:
        screen.print(thing)
    return out.getvalue()


@pytest.mark.parametrize("name", ODD)
def test_a_name_is_no_markup(name: str) -> None:
    assert name in _printed(f"Accepted: price of {name}.")
    assert _printed(table(name, ("product",), [(name,)])).count(name) == 2
    report = Report(name, (Finding(name, "there", needed=True, cost=""),))
    assert _printed(report_table(report)).count(name) == 2


@pytest.mark.parametrize("code", ["\x1b[2J", "\x1b]0;title\x07", "\x9b2J", "\x08\x08", "\x00"])
def test_a_name_cannot_control_the_terminal(code: str) -> None:
    shown = _printed(f"Mug {code}", table("Mug", ("name",), [(f"Mug {code}",)]))
    assert not {"\x1b]", "\x9b", "\x07", "\x08", "\x00", "\x1b[2J"} & {
        each for each in ("\x1b]", "\x9b", "\x07", "\x08", "\x00", "\x1b[2J") if each in shown
    }
    assert shown.count("U+009B" if code[0] == "\x9b" else chr(0x2400 + ord(code[0]))) >= 2


def test_the_words_of_a_bar_are_printed_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(bars_module, "console", Screen(file=out, force_terminal=True, width=80))
    with progress_bars() as bars:
        bars.add_task("a day in the shop: sold [/x] \x1b]0;t", total=1)
    assert "sold [/x] ␛]0;t" in out.getvalue()


def test_a_name_of_two_lines_is_one_row() -> None:
    assert "Mug blue" in _printed(table("", ("name",), [("Mug\r\nblue",)]))


COLUMNS = ("id", "name", "sku", "number", "price", "stock", "status")
ROW = ("p-10010", "Oak chair with arms", "CHAIR-OAK-12", "777", "14.50", "12", "not-linked")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 1_000])
def test_no_column_vanishes_however_narrow_the_screen(width: int) -> None:
    shown = _printed(
        table("POS view", COLUMNS, [ROW, ROW], whole=("id", "price", "stock", "status")),
        width=width,
    )
    assert max(map(len, shown.splitlines())) <= width
    for cell in ("p-10010", "14.50", "not-linked", "777"):
        assert shown.count(cell) == 2
    assert {"Oak", "chair", "arms"} <= set(shown.split())


def test_a_narrow_screen_leaves_out_blank_cells() -> None:
    shown = _printed(table("", ("", "why"), [("what stands out", "")], whole=("",)), width=10)
    assert "why" not in shown
