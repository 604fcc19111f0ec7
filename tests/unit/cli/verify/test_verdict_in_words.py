"""A verdict as JSON and as tables, and what this package may not import."""

from __future__ import annotations

import ast
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from cli.demo.saturday import Saturday
from cli.screen import verdict_report
from cli.screen.console import Screen
from cli.screen.verdict_report import MOST_ROWS, print_report, summary
from cli.verify.as_json import verdict_json
from cli.verify.model import Duplicate, Mismatch, Named, Touch, Verdict
from cli.verify.order_model import OrderFinding


def a_mismatch(number: int = 1) -> Mismatch:
    return Mismatch(f"p-{number}", number, "price", "9.5", "9", "Mug: price is 9.5 in the POS …")


def printed(verdict: Verdict) -> str:
    with pytest.MonkeyPatch.context() as patch:
        out = io.StringIO()
        patch.setattr(
            verdict_report,
            "console",
            Screen(file=out, width=120, force_terminal=True, color_system=None),
        )
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


def test_json_names_the_variant_only_where_there_is_one() -> None:
    told = json.loads(json.dumps(verdict_json(Verdict(mismatches=[a_mismatch()]))))
    assert told["ok"] is False
    (found,) = told["mismatches"]
    assert set(found) == {"pos_id", "bigcommerce_id", "field", "pos", "store", "words"}


def test_json_keeps_the_nothing_that_was_there_before() -> None:
    touch = Touch(1, "sale_price", None, Decimal("7.50"), "touched", variant=3)
    (told,) = verdict_json(Verdict(bigcommerce_owned_touched=[touch]))["bigcommerce_owned_touched"]
    assert told["before"] is None
    assert (told["after"], told["variant"]) == ("7.50", 3)


def test_the_report_shows_values_and_counts_what_it_leaves_out() -> None:
    text = printed(Verdict(mismatches=[a_mismatch(n) for n in range(MOST_ROWS + 2)]))
    assert "p-1 " in text
    assert "… and 2 more" in text
    assert "agree: 42 differences, 0 missing online" in " ".join(text.split())


def test_a_store_that_reads_no_orders_is_told_so() -> None:
    assert "Web orders are switched off: none was read" in summary(Verdict(compared_products=1))


def test_a_wrong_order_breaks_a_promise_and_one_that_waits_does_not() -> None:
    wrong = OrderFinding(1041, "booked_twice", "Web order 1041: it is booked 2 times.")
    waits = OrderFinding(1042, "overdue", "Web order 1042: not booked.")
    fine = Verdict(compared_products=1, web_orders="pos", orders=3, orders_waiting=[waits])
    assert fine.ok
    assert "2 of 3 are right in Tillbridge and the POS; 1 named above." in summary(fine)
    bad = Verdict(web_orders="ledger", orders=3, orders_wrong=[wrong])
    assert not bad.ok
    assert "2 of 3 are right in Tillbridge." in summary(bad)
    assert "1 web order wrong" in summary(bad)
    text = printed(Verdict(web_orders="pos", orders_wrong=[wrong], orders_waiting=[waits]))
    assert "it is booked 2 times." in text
    assert "Web order 1042: not booked." in text


def test_orders_that_nobody_asked_for_again_are_counted() -> None:
    told = summary(Verdict(web_orders="ledger", orders=300, orders_unasked=200))
    assert "200 that BigCommerce's list does not show were judged by what was last seen" in told


def test_levels_that_are_too_high_are_told_first() -> None:
    low, high = (
        Mismatch(f"p-{too}", 1, "stock", "5", "4", f"Mug: too {too}", too=too)
        for too in ("low", "high")
    )
    verdict = Verdict(mismatches=[low, a_mismatch(), high])
    assert verdict.wrong_levels == [high, low]
    assert "3 differences (1 level too high, 1 too low)" in summary(verdict)
    text = printed(verdict)
    assert text.index("Mug: too high") < text.index("Mug: too low")
    assert verdict_json(verdict)["mismatches"][2]["too"] == "high"


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
    plain = ("cli.shapes.sides", "cli.counted")  # what it prints, and how; they know no field
    assert all(name.startswith(("cli.verify", *plain)) for name in ours)
    # Sessions, so that no token goes astray, are made in one place. They know no field.
    assert {name for name in found if name.startswith("tillbridge")} == {"tillbridge.adapters.http"}
    assert found


def test_a_demo_keeps_no_promise_that_verify_finds_broken() -> None:
    assert Saturday().broken == []
    words = Verdict(orders_wrong=[OrderFinding(1, "not_counted", "Web order 1: …")]).in_words
    assert Saturday(verified=words).broken == ["Web order 1: …"]
