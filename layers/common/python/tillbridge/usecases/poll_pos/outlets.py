"""Which outlets are closed: their units are not offered, and other outlets go on."""

from dataclasses import replace

from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.poll_times import OUTLETS_EVERY_MS
from tillbridge.domain.polling import Told
from tillbridge.domain.waiting import SECOND_LOOK_MS
from tillbridge.usecases.poll_pos.all_families import through_families
from tillbridge.usecases.poll_pos.moved_outlets import RETELL, have_retold, in_order
from tillbridge.usecases.poll_pos.session import PollSession


def look_at_outlets(poll: PollSession) -> None:
    """Ask once an hour which outlets are closed, and tell the products anew that have stock at one that was closed or
    opened since. Killed anywhere, what was not told yet is told by the next poll."""
    if poll.is_over():
        return
    if poll.now_ms() - poll.state.outlets_ms >= OUTLETS_EVERY_MS:
        _ask(poll)
    if poll.state.to_retell and not poll.is_first:
        _retell(poll)


def _ask(poll: PollSession) -> None:
    now, state = poll.now_ms(), poll.state
    listed = {each.id: each.active for each in poll.source.outlets()}
    if not listed:  # no shop is without any: what was known stays
        poll.note(outlets_ms=now)
        return
    missing = {*state.outlets, *state.closed} - listed.keys()
    # One that was there counts as deleted at the second look: a list may lack it for a moment.
    doubted = missing - {*state.closed, *state.doubted}
    closed = {id_ for id_, active in listed.items() if not active} | (missing - doubted)
    moved = closed ^ {*state.closed}
    poll.note(
        outlets=in_order({*listed} | doubted),
        closed=in_order(closed),
        doubted=in_order(doubted),
        outlets_ms=now - OUTLETS_EVERY_MS + SECOND_LOOK_MS if doubted else now,
    )
    if state.is_open != poll.state.is_open:  # what lies at closed ones alone is held, or no longer
        moved |= closed
    if moved and not poll.is_first:  # what was never told needs no telling anew
        have_retold(poll, moved)


def _retell(poll: PollSession) -> None:
    poll.keep()  # before the new versions: who reads one must not count a closed outlet
    if through_families(poll, RETELL, lambda kept: _retold(poll, kept)):
        poll.note(to_retell=())


def _retold(poll: PollSession, kept: KeptFamily) -> KeptFamily | None:
    of = {outlet for (_, outlet), level in kept.family.levels.items() if not level.deleted}
    if of.isdisjoint(poll.state.to_retell):
        return None
    untold = kept.told if kept.version > poll.state.emitted else Told()
    return replace(kept, told=untold | Told(levels=True))
