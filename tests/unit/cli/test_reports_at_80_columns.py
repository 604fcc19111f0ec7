"""The findings of reconcile, readable on a terminal of 80 columns."""

import io

import pytest
from rich.console import Console

from cli.screen import console as screen
from cli.screen import run_report
from cli.screen.console import short, table
from cli.screen.run_report import show_findings
from tillbridge.domain.findings import Code, Difference, Finding, Moved


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    out = io.StringIO()
    monkeypatch.setattr(run_report, "console", Console(file=out, width=80))
    return out


def test_every_finding_says_what_it_means_and_which_values_differ(printed: io.StringIO) -> None:
    edits = (
        Difference("description", "Burns for nine hours.", "<p>Ours</p>" * 40, moved=Moved.WEB),
        Difference("price", "14.50", "99", moved=Moved.WEB),
    )
    show_findings([Finding(Code.FIELD, "p-1001", 12, "Stoneware Mug", edits)])
    lines = printed.getvalue().splitlines()
    assert any("edited online" in line for line in lines)
    (price,) = [line for line in lines if "price" in line]
    assert "14.50" in price
    assert "99" in price
    assert len(lines) < 16, "a long value must not fill the screen"


def test_a_product_that_is_only_online_shows_its_number(printed: io.StringIO) -> None:
    show_findings([Finding(Code.ONLY_ONLINE, number=812, name="Tide tables")])
    assert "#812" in printed.getvalue()


def test_an_id_to_copy_is_never_broken() -> None:
    out = io.StringIO()
    run = "1795304177187-e57f"
    rows = [(run, "words " * 60, "more " * 60)]
    Console(file=out, width=50).print(table("Runs", ("run", "", "why"), rows, whole=("run",)))
    assert run in out.getvalue()


def test_into_a_file_a_row_is_one_line_and_nothing_is_cut() -> None:
    out = io.StringIO()
    rows = [("p-1", "why " * 400), ("p-2", short("x" * 500))]
    screen.Screen(file=out).print(table("Refused", ("product", "why"), rows))
    lines = out.getvalue().splitlines()
    assert lines == ["product\twhy", f"p-1\t{'why ' * 400}", f"p-2\t{'x' * 500}"]


def test_into_a_file_a_sentence_is_one_line() -> None:
    out = io.StringIO()
    screen.Screen(file=out).print("why " * 400)
    assert len(out.getvalue().splitlines()) == 1
