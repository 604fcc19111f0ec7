"""`tillbridge check-store`: ask every question of a connected store, and collect what it says."""

from __future__ import annotations

from dataclasses import dataclass

import requests

from cli.check_store.access import ACCESS, DOOR_SHUT, OPENS, QUOTA
from cli.check_store.check import Check, Said, Verdict, mend
from cli.check_store.client import StoreUnderTest, Untold
from cli.check_store.orders import ORDERS
from cli.check_store.stock import STOCK
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.connection import Connection
from tillbridge.ports.clock import Clock

CHECKS = (OPENS, *ACCESS, *STOCK, *ORDERS, QUOTA)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check and what the store said."""

    check: Check
    said: Said


@dataclass(frozen=True, slots=True)
class Report:
    """What a store said, in order, and the calls that it took. One finding: it was not let in."""

    store: str
    calls: int
    findings: tuple[Finding, ...]

    @property
    def to_mend(self) -> int:
        """How many things must be mended."""
        return sum(finding.said.verdict is Verdict.MEND for finding in self.findings)


def check_store(
    connection: Connection, token: str, clock: Clock, http: requests.Session | None = None
) -> Report:
    """Ask a connected store; nothing is changed there. At most 20 calls."""
    with http or new_http_session() as session:
        store = StoreUnderTest(connection, token, clock, session)
        first = _asked(OPENS, store)
        shut = first.said.verdict is Verdict.MEND
        rest = () if shut else tuple(_asked(each, store) for each in CHECKS[1:])
    return Report(connection.store, store.calls, (first, *rest))


def _asked(check: Check, store: StoreUnderTest) -> Finding:
    try:
        said = check.run(store)
    except Untold as why:
        said = _untold(check, why)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, OverflowError) as odd:
        # What a check takes for granted is what this store says otherwise, which is all it may find out.
        words = f"Its answer is not as documented ({type(odd).__name__}: {odd})."
        said = Said(Verdict.NOT_TOLD, words)
    return Finding(check, said)


def _untold(check: Check, why: Untold) -> Said:
    words = f"It cannot be read: {why}."
    if check is OPENS and (not why.status or why.status in DOOR_SHUT):
        remedy = "Check hash, token and address, and run `tillbridge store add` again."
        return mend(words, remedy)
    return Said(Verdict.NOT_TOLD, words)
