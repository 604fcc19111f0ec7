"""Everything that ships, and everything we work with, has a licence that somebody allowed."""

from email.message import Message
from importlib.metadata import Distribution
from typing import Any

import pytest

from tests.safety.licences import (
    ROOT,
    Allowed,
    allowed,
    installed,
    licence_of,
    not_allowed,
    page,
    shipped,
)

RULES = Allowed(frozenset({"MIT", "BSD", "ISC (L)"}), {"in-layer": "why"}, {"a-tool": "why"})


def test_every_installed_package_has_a_licence_that_is_allowed() -> None:
    assert not_allowed(installed(), allowed(), shipped()) == []


def test_the_page_lists_what_is_installed() -> None:
    """Other systems have other tools, so the page may have more of these."""
    written = (ROOT / "docs/licences.md").read_text(encoding="utf-8")
    rows = page(installed(), allowed(), shipped()).splitlines()
    assert [row for row in rows if row not in written.splitlines()] == [], "run `make lock`"
    layer = written.partition("## What ships")[2].partition("## ")[0]
    assert layer.count("\n| ") - 1 == len(shipped())


def test_no_exception_is_left_over() -> None:
    rules = allowed()
    assert rules.ships.keys() <= shipped()
    assert rules.tools.keys() <= installed().keys() - shipped()


@pytest.mark.parametrize(
    ("licence", "fine"),
    [
        ("MIT", True),
        ("MIT AND (BSD OR MIT)", True),
        ("MIT; ISC (L)", True),
        ("MIT AND GPL-3.0", False),
        ("?", False),
    ],
)
def test_every_part_of_an_expression_must_be_allowed(licence: str, fine: bool) -> None:
    assert (not_allowed({"some": licence}, RULES, ()) == []) is fine


def test_an_exception_of_a_tool_does_not_let_it_ship() -> None:
    gpl = {"a-tool": "GPL", "in-layer": "LGPL"}
    assert not_allowed(gpl, RULES, ["in-layer"]) == []
    assert not_allowed(gpl, RULES, ["in-layer", "a-tool"]) == ["a-tool: GPL"]


class _Package(Distribution):
    def __init__(self, *headers: tuple[str, str]) -> None:
        self._about = Message()
        for name, value in headers:
            self._about[name] = value

    @property
    def metadata(self) -> Any:
        return self._about

    def read_text(self, filename: str) -> str | None:
        return None

    def locate_file(self, path: Any) -> Any:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ([("License-Expression", "MIT"), ("License", "the whole text")], "MIT"),
        (
            [("Classifier", "License :: OSI Approved :: BSD License"), ("License", "x")],
            "BSD License",
        ),
        ([("License", "MIT")], "MIT"),
        ([("License", "Copyright\nPermission is")], "?"),
        ([("License", "x" * 81)], "?"),
        ([("Classifier", "License :: OSI Approved")], "?"),
        ([], "?"),
    ],
)
def test_a_package_says_its_licence_in_one_of_three_ways(
    headers: list[tuple[str, str]], said: str
) -> None:
    assert licence_of(_Package(*headers)) == said
