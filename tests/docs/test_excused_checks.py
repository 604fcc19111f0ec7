"""Whoever excuses a line from a check, or waits for the clock, says why, on that line."""

import re
from pathlib import Path

import pytest

ROOTS = ("benches", "cli", "functions", "layers", "sandbox")
EXCUSED = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?P<rest>.*)$")
REASON = re.compile(r"(?: - |  # )\w.{3,}")
SLEEPS = re.compile(r"\b(?:time|asyncio)\.sleep\((?P<rest>.*)$")


def unexplained(text: str) -> list[str]:
    """Return the lines that are excused from a check, or sleep, without a reason."""
    return [
        line.strip()
        for line in text.splitlines()
        if (found := EXCUSED.search(line) or SLEEPS.search(line))
        and not REASON.search(found["rest"])
    ]


@pytest.mark.parametrize("root", ROOTS)
def test_every_excused_line_gives_its_reason(repository: Path, root: str) -> None:
    files = [*(repository / root).rglob("*.py")]
    assert files
    found = {
        str(file.relative_to(repository)): lines
        for file in files
        if (lines := unexplained(file.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_an_excuse_without_a_reason_is_found() -> None:
    bare = "x = y  # no" + "qa: S608\nz = f()  # type: ig" + "nore[misc]"
    assert len(unexplained(bare)) == 2
    assert unexplained("x = y  # no" + "qa: S608 - the names are ours") == []
    assert unexplained("x = y  # type: ig" + "nore[misc]  # a narrower list") == []


def test_a_sleep_without_a_reason_is_found() -> None:
    sleep = "await asyncio." + "sleep(seconds)"
    assert unexplained(sleep) == [sleep]
    assert unexplained(f"{sleep}  # the store is slow") == []
