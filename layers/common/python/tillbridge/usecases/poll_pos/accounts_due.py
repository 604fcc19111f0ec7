"""Which accounts are polled now: the sweep asks each minute, and knows them without the mirror."""

import logging
from dataclasses import dataclass

from tillbridge.domain.ids import PosAccountKey
from tillbridge.ports.clock import Clock
from tillbridge.ports.pokes import Pokes
from tillbridge.ports.polled_accounts import PolledAccounts

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PollingDeps:
    """What starts polls on time."""

    accounts: PolledAccounts
    pokes: Pokes
    clock: Clock


@dataclass(frozen=True, slots=True)
class Polling:
    """How the polls of all accounts stand. `signalled`: polls that were started, `failed`: those that could not be.
    `in_trouble`: accounts that wait for a person; the others' oldest good poll is as of `good_ms` (epoch ms, None
    without any), and `whose` it is."""

    signalled: int = 0
    failed: int = 0
    in_trouble: int = 0
    good_ms: int | None = None
    whose: PosAccountKey | str = ""


def start_polls(deps: PollingDeps) -> Polling:
    """Signal each account whose poll is due, and say how all stand. One in trouble is polled on: that is how its
    trouble ends. May raise RetryLater."""
    now, accounts = deps.clock.now_ms(), deps.accounts.all()
    due = [account.key for account, note in accounts if note.due_ms <= now]
    missed = deps.pokes.signal_all(due) if due else ()
    if missed:
        log.error("POS accounts could not be polled", extra={"accounts": list(missed)[:100]})
    known = {a.key: note.good_ms for a, note in accounts if note.good_ms and not note.trouble}
    oldest = min(known, key=lambda key: (known[key], key), default="")
    return Polling(
        signalled=len(due) - len(missed),
        failed=len(missed),
        in_trouble=sum(bool(note.trouble) for _, note in accounts),
        good_ms=known.get(PosAccountKey(oldest)),
        whose=oldest,
    )
