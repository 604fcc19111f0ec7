"""What could not be verified has, on each line, what is assumed and how to find out."""

import re

from cli.check_pos.lightspeed.run import PROBES
from tests.docs.prose import ROOT

PAGE = (ROOT / "docs" / "unverified.md").read_text(encoding="utf-8")
LINES = [line for line in PAGE.splitlines() if line.startswith("| ")]
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in LINES]
HEADS = ("what",)


def test_each_line_says_what_is_assumed_and_has_a_probe() -> None:
    told = [row for row in ROWS if row[0] not in HEADS and not row[0].startswith("**")]
    assert len(told) > 50
    assert [row for row in told if len(row) != 3 or not all(row)] == []


def test_nothing_stands_there_twice() -> None:
    whats = [row[0] for row in ROWS if row[0] not in HEADS]
    assert len(whats) == len(set(whats))


def test_whoever_points_here_is_heard() -> None:
    pages = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "adr").glob("*.md")]
    pointing = [p for p in pages if re.search(r"\(\.?\.?/?unverified\.md", p.read_text("utf-8"))]
    assert len(pointing) >= 3


def test_each_probe_of_lightspeed_is_a_line() -> None:
    for probe in PROBES:
        (row,) = (row for row in ROWS if row[0] == f"Whether {probe.sentence}")
        assert probe.otherwise in row[1]
        assert f"no. {probe.number}" in row[2]
        assert "`tillbridge check-pos lightspeed" in row[2]
