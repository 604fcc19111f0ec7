"""What is asked once a day: names that were changed, and what the POS says of itself."""

from dataclasses import replace

from tillbridge.domain.families.family import renamed
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.poll_times import is_daily_due
from tillbridge.usecases.poll_pos.all_families import through_families
from tillbridge.usecases.poll_pos.joining import told_of
from tillbridge.usecases.poll_pos.session import PollSession

NAMES = "names"
"""The name of this work on all families."""


def daily_care(poll: PollSession) -> None:
    """Ask for names and facts if that was not done for a day. A vendor may rename a brand and raise no product's version."""
    if not is_daily_due(poll.state.named_ms, poll.now_ms()) or poll.is_over():
        return
    if NAMES not in poll.state.places:
        _keep_facts(poll)
    poll.ask_for_names()
    if not poll.names:  # a token that may not see them
        poll.begin_again(NAMES)
        poll.note(named_ms=poll.now_ms())
    elif through_families(poll, NAMES, lambda kept: _named(poll, kept)):
        poll.note(named_ms=poll.now_ms())


def _named(poll: PollSession, kept: KeptFamily) -> KeptFamily | None:
    after = renamed(kept.family, poll.names)
    if kept.unreadable or after is kept.family:
        return None
    new = replace(kept, family=after)
    return replace(new, told=told_of(kept, new, emitted=poll.state.emitted, first=False))


def _keep_facts(poll: PollSession) -> None:
    """Keep what may change by itself. What decides how rows are read (currency, tax in prices, what the token may see)
    is what a person was told at connect: rows of before would keep their prices of before."""
    said = poll.source.facts()
    facts = {"name": said.name, "registers": str(said.registers), **said.kept}
    if said.quota is not None:
        facts["quota"] = str(said.quota)
    changed = {name: fact for name, fact in facts.items() if poll.account.facts.get(name) != fact}
    if changed:
        poll.deps.accounts.keep_facts(poll.key, changed)
