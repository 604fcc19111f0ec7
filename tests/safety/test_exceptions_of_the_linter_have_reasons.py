"""Whoever excuses the template from a rule of checkov says why: of all of it in .checkov.yaml, of one resource there."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from sandbox.aws.package import load_template

ROOT = Path(__file__).parents[2]
_RULE = re.compile(r"^\s+- CKV\w+$")
_REASON = re.compile(r"^\s+# \w+(\s+\S+){3,}")


def bare_rules(text: str) -> list[str]:
    """Return the rules of a .checkov.yaml that no line of a reason stands above."""
    lines = text.splitlines()
    return [
        line.strip("- ")
        for before, line in pairwise(lines)
        if _RULE.match(line) and not _REASON.match(before)
    ]


def bare_resources(template: dict[str, Any]) -> list[str]:
    """Return resources that are excused from a rule without a reason of four words."""
    return [
        f"{name}: {skip['id']}"
        for name, resource in template["Resources"].items()
        for skip in resource.get("Metadata", {}).get("checkov", {}).get("skip", [])
        if len(skip.get("comment", "").split()) < 4
    ]


def test_every_exception_has_its_reason() -> None:
    assert bare_rules((ROOT / ".checkov.yaml").read_text()) == []
    template = load_template(ROOT / "template.yaml")
    assert bare_resources(template) == []
    assert any("checkov" in each.get("Metadata", {}) for each in template["Resources"].values())


def test_one_without_a_reason_is_found() -> None:
    assert bare_rules("skip-check:\n  # it is as it is here\n  - CKV_AWS_1\n  - CKV_AWS_2\n") == [
        "CKV_AWS_2"
    ]
    skip = {"checkov": {"skip": [{"id": "CKV_AWS_3", "comment": "no"}, {"id": "CKV_AWS_4"}]}}
    assert bare_resources({"Resources": {"Q": {"Metadata": skip}}}) == [
        "Q: CKV_AWS_3",
        "Q: CKV_AWS_4",
    ]
