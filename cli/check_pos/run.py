"""`tillbridge check-pos`: run every check against a server, and collect what is missing.

A server may work without some of it, so each finding says what its absence costs a shop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cli.check_pos.check import Check
from cli.check_pos.client import Missing, NotKnown, PosUnderTest
from cli.check_pos.reading import READING
from cli.check_pos.web_orders import WEB_ORDERS
from cli.check_pos.writing import WRITING as MAKING

WRITING = (*MAKING, WEB_ORDERS)

type Status = Literal["there", "missing", "not known", "not tried"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check; `detail` is what the server did instead.

    The status *not known* is not a fault: the contract leaves it to the POS."""

    sentence: str
    status: Status
    needed: bool
    cost: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The results of every check, in order."""

    url: str
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The findings with the status *missing*."""
        return tuple(finding for finding in self.findings if finding.status == "missing")

    @property
    def ok(self) -> bool:
        """Whether everything that push needs is there."""
        return not any(finding.needed for finding in self.missing)

    @property
    def shut_out(self) -> bool:
        """Whether the API refused the token or did not answer, so that nothing else was tried."""
        return self.findings[0].status == "missing"


def check_pos(url: str, token: str, *, create: bool = False) -> Report:
    """Check the server at `url`. With `create`, also create products and more there."""
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
    except (KeyError, IndexError, TypeError, AttributeError) as odd:
        # What a check takes for granted is what this server lacks, which is all it may find out.
        named = f"it has no {odd}" if isinstance(odd, KeyError) else f"{type(odd).__name__}: {odd}"
        words = f"the response is not as the contract says ({named})"
        return Finding(check.sentence, "missing", check.needed, check.cost, words)
    except NotKnown as note:
        return Finding(check.sentence, "not known", check.needed, check.cost, str(note))
    return Finding(check.sentence, "there", check.needed, check.cost)


def _left(check: Check) -> Finding:
    return Finding(check.sentence, "not tried", check.needed, check.cost)
