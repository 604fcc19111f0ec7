"""`tillbridge check-pos`: runs the contract of the POS API against a server and says what is missing.

A missing thing is no verdict by itself: each says what it costs a shop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cli.check_pos.check import Check
from cli.check_pos.client import Missing, NotKnown, PosUnderTest
from cli.check_pos.reading import READING
from cli.check_pos.writing import WRITING

type Status = Literal["there", "missing", "not known", "not tried"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `detail` is what the server did instead.

    *Not known* is no fault: the contract leaves it to the POS."""

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

    @property
    def shut_out(self) -> bool:
        """Whether the API did not open, so that nothing else could be tried."""
        return self.findings[0].status == "missing"


def check_pos(url: str, token: str, *, create: bool = False) -> Report:
    """Check the server at `url`. Only with `create` does it make a product, a department, a vendor."""
    pos = PosUnderTest(url, token)
    try:
        door = _tried(READING[0], pos)
        if door.status == "missing":
            rest = [*READING[1:], *WRITING]
            return Report(url, (door, *(_left(each) for each in rest)))
        findings = [door, *(_tried(each, pos) for each in READING[1:])]
        findings += [_tried(each, pos) if create else _left(each) for each in WRITING]
    finally:
        pos.close()
    return Report(url, tuple(findings))


def _tried(check: Check, pos: PosUnderTest) -> Finding:
    try:
        check.run(pos)
    except Missing as missing:
        return Finding(check.sentence, "missing", check.needed, check.cost, str(missing))
    except NotKnown as note:
        return Finding(check.sentence, "not known", check.needed, check.cost, str(note))
    return Finding(check.sentence, "there", check.needed, check.cost)


def _left(check: Check) -> Finding:
    return Finding(check.sentence, "not tried", check.needed, check.cost)
