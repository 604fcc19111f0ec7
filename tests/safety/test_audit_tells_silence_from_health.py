"""`make audit` says whether there are weaknesses, or that nobody could be asked: pip-audit's own status does not."""

import json
from typing import Any

import pytest

from tests.safety.audit import Verdict, judged, worst

SOUND: dict[str, Any] = {"name": "requests", "version": "2.32.5", "vulns": []}
WEAK: dict[str, Any] = {
    "name": "jinja2",
    "version": "3.0",
    "vulns": [{"id": "CVE-1", "fix_versions": ["3.1"]}, {"id": "CVE-2", "fix_versions": []}],
}
UNHEARD: dict[str, Any] = {"name": "idna", "skip_reason": "could not be audited"}


@pytest.mark.parametrize(
    ("packages", "verdict"),
    [
        ([SOUND], Verdict.CLEAN),
        ([SOUND, WEAK], Verdict.VULNERABLE),
        ([UNHEARD], Verdict.NOT_ASKED),
        ([SOUND, UNHEARD], Verdict.NOT_ASKED),
        ([WEAK, UNHEARD], Verdict.VULNERABLE),
        ([], Verdict.NOT_ASKED),
    ],
)
def test_one_package_that_nobody_answered_about_is_no_health(
    packages: list[dict[str, Any]], verdict: Verdict
) -> None:
    assert judged(json.dumps({"dependencies": packages}))[0] is verdict


@pytest.mark.parametrize("report", ["", "Traceback", "[]", "{}", "null"])
def test_no_report_is_an_answer_of_nobody(report: str) -> None:
    assert judged(report) == (Verdict.NOT_ASKED, ["no source of advisories answered"])


def test_each_weakness_is_named_with_what_mends_it() -> None:
    assert judged(json.dumps({"dependencies": [WEAK, UNHEARD]}))[1] == [
        "jinja2 3.0: CVE-1, mended in 3.1",
        "jinja2 3.0: CVE-2, mended in no version",
        "no source of advisories answered about 1 of 2 packages",
    ]


def test_a_weakness_of_one_file_counts_before_the_silence_about_another() -> None:
    assert worst([Verdict.NOT_ASKED, Verdict.VULNERABLE, Verdict.CLEAN]) is Verdict.VULNERABLE
    assert worst([Verdict.CLEAN, Verdict.NOT_ASKED]) is Verdict.NOT_ASKED
    assert worst([Verdict.CLEAN]) is Verdict.CLEAN
