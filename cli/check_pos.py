"""`tillbridge check-pos`: runs the contract of the POS API against a server and says what is missing.

A missing thing is no verdict by itself: each says what it costs a shop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cli.pos_checks import READING, WRITING, Check
from cli.pos_client import Missing, PosUnderTest

type Status = Literal["there", "missing", "not tried"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `detail` is what the server did instead, or why it was not tried."""

    sentence: str
    status: Status
    needed: bool
    cost: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Every check in order."""

    url: str
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What is not there."""
        return tuple(finding for finding in self.findings if finding.status == "missing")

    @property
    def ok(self) -> bool:
        """Whether nothing that is needed is missing."""
        return not any(finding.needed for finding in self.missing)


def check_pos(url: str, token: str, *, create: bool = False) -> Report:
    """Check the server at `url`. Only with `create` does it make a product, a department, a vendor."""
    pos = PosUnderTest(url, token)
    try:
        findings = [_tried(check, pos) for check in READING]
        findings += [_tried(check, pos) if create else _left(check) for check in WRITING]
    finally:
        pos.close()
    return Report(url, tuple(findings))


def _tried(check: Check, pos: PosUnderTest) -> Finding:
    try:
        check.run(pos)
    except Missing as missing:
        return Finding(check.sentence, "missing", check.needed, check.cost, str(missing))
    return Finding(check.sentence, "there", check.needed, check.cost)


def _left(check: Check) -> Finding:
    why = "it would write into the POS; add --create to try it on a test account"
    return Finding(check.sentence, "not tried", check.needed, check.cost, why)
