"""The figures of benches: what is kept of a run, and what the page says of them."""

import json
import re
from pathlib import Path

import pytest

from benches import report
from benches.helpers import results
from benches.helpers.results import Figure, finish, known, shown

ROOT = Path(__file__).parents[2]
MET = Figure("calls", 100, 100)
MISSED = Figure("time", 2.5, 2.0, "s")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    return tmp_path


def test_a_bench_ends_well_when_every_goal_is_met(kept: Path) -> None:
    assert finish("some", [MET]) == 0


def test_one_missed_goal_fails_the_bench_and_is_kept_all_the_same(kept: Path) -> None:
    assert finish("some", [MET, MISSED]) == 1
    (result,) = known()
    assert result.figures == (MET, MISSED)


def test_a_bench_that_measured_nothing_fails(kept: Path) -> None:
    assert finish("some", []) == 1


def test_a_smaller_form_replaces_no_result(kept: Path) -> None:
    finish("some", [MET])
    finish("some", [MISSED], whole=False)
    assert known()[0].figures == (MET,)


def test_a_result_says_where_with_what_and_when(kept: Path) -> None:
    finish("some", [MET])
    told = json.loads((kept / "some.json").read_text())
    assert told["machine"].keys() >= {"cores", "cpu", "memory_gb"}
    assert told["versions"].keys() >= {"python", "boto3"}
    assert told["commit"]
    assert told["date"]


def test_the_report_has_a_row_for_each_figure(kept: Path) -> None:
    finish("some", [MET, MISSED])
    *_, met, missed = report.table().splitlines()
    assert met == "| `some` | calls | 100 | 100 | met |"
    assert missed == "| `some` | time | 2 s | 2.5 s | missed |"


def test_figures_are_shown_to_three_places() -> None:
    assert shown(1.0133, "") == "1.013"
    assert shown(10_000, "") == "10,000"
    assert shown(0.5, "s") == "0.5 s"


def test_the_page_has_the_table_that_the_report_prints() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert report.table() in page


def test_no_result_names_a_path_of_a_machine() -> None:
    absolute = re.compile(r'"(/|[A-Za-z]:\\\\|~)[^"]*"')
    for file in results.RESULTS.glob("*.json"):
        assert absolute.findall(file.read_text(encoding="utf-8")) == []
