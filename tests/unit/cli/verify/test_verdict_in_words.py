"""A verdict as JSON and as tables, and what this package may not import."""

from __future__ import annotations

import ast
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from cli.screen import verdict_report
from cli.screen.console import Screen
from cli.screen.verdict_report import MOST_ROWS, print_report, summary
from cli.verify.as_json import verdict_json, write_json
from cli.verify.model import Duplicate, Mismatch, Named, Touch, Verdict


def a_mismatch(number: int = 1) -> Mismatch:
    return Mismatch(f"p-{number}", number, "price", "9.5", "9", "Mug: price is 9.5 in the POS …")


def printed(verdict: Verdict) -> str:
    with pytest.MonkeyPatch.context() as patch:
        out = io.StringIO()
        patch.setattr(verdict_report, "console", Screen(file=out, width=120))
        print_report(verdict)
        return out.getvalue()


def test_a_verdict_without_findings_is_ok() -> None:
    assert Verdict().ok
    assert "Both sides agree." in summary(Verdict(compared_products=3))


def test_where_nothing_is_linked_the_summary_does_not_say_that_both_sides_agree() -> None:
    told = summary(Verdict(not_linked=[Named("not linked")]))
    assert "There was nothing to compare." in told
    assert "agree" not in told


def test_every_broken_promise_makes_a_verdict_not_ok() -> None:
    assert not Verdict(mismatches=[a_mismatch()]).ok
    assert not Verdict(missing_online=[Named("gone")]).ok
    assert not Verdict(duplicates=[Duplicate("name", "Mug", ("1", "2"), "twice")]).ok
    assert not Verdict(bigcommerce_owned_touched=[Touch(1, "weight", 1, 2, "touched")]).ok


def test_visible_failures_and_unlinked_products_break_no_promise() -> None:
    named = [Named("said plainly")]
    verdict = Verdict(failed=named, broken=named, not_linked=named, unknown_online=named)
    assert verdict.ok
    assert Verdict(behind=[a_mismatch()]).ok


def test_json_names_the_variant_only_where_there_is_one(tmp_path: Path) -> None:
    verdict = Verdict(mismatches=[a_mismatch()])
    write_json(verdict, tmp_path / "verdict.json")
    told = json.loads((tmp_path / "verdict.json").read_text(encoding="utf-8"))
    assert told["ok"] is False
    (found,) = told["mismatches"]
    assert set(found) == {"pos_id", "bc_id", "field", "pos", "store", "words"}


def test_json_keeps_the_nothing_that_was_there_before() -> None:
    touch = Touch(1, "sale_price", None, Decimal("7.50"), "touched", variant=3)
    (told,) = verdict_json(Verdict(bigcommerce_owned_touched=[touch]))["bigcommerce_owned_touched"]
    assert told["before"] is None
    assert (told["after"], told["variant"]) == (7.5, 3)


def test_the_report_shows_values_and_counts_what_it_leaves_out() -> None:
    text = printed(Verdict(mismatches=[a_mismatch(n) for n in range(MOST_ROWS + 2)]))
    assert "p-1 " in text
    assert "… and 2 more" in text
    assert "agree: 42 differences, 0 missing online" in " ".join(text.split())


def test_names_in_brackets_are_no_markup() -> None:
    assert "[red]Mug" in printed(Verdict(failed=[Named("[red]Mug was refused")]))


def test_verify_imports_nothing_of_what_it_judges(repository: Path) -> None:
    found: set[str] = set()
    for file in (repository / "cli" / "verify").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                found.add(node.module or "")
            elif isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
    ours = {name for name in found if name.split(".")[0] in ("cli", "sandbox", "functions")}
    assert all(name.startswith("cli.verify") for name in ours)
    # Sessions, so that no token goes astray, are made in one place. They know no field.
    assert {name for name in found if name.startswith("tillbridge")} == {"tillbridge.adapters.http"}
    assert found
