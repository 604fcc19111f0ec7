"""What was read is kept in the mirror, and told."""

import logging
from collections.abc import Sequence
from typing import NoReturn

from tillbridge.domain.errors import OutOfTime
from tillbridge.domain.families.heirs import heirs, left_behind
from tillbridge.domain.families.older import has_older
from tillbridge.domain.families.parts import ItemPart, LevelPart, Part
from tillbridge.domain.families.placing import (
    Placement,
    asked_of,
    in_portions,
    placed,
)
from tillbridge.domain.ids import MemberId
from tillbridge.domain.pos_news import news_of
from tillbridge.usecases.poll_pos.joining import to_put
from tillbridge.usecases.poll_pos.moved_outlets import notice_outlets
from tillbridge.usecases.poll_pos.session import PollSession

log = logging.getLogger(__name__)

AT_ONCE = 100
"""So many families are in memory at once: a page of stock may touch thousands."""

TOLD_AT_ONCE = 5_000
"""So many products are told of at once: more items than an event lists are one import, by claim check."""


def settle(
    poll: PollSession, items: Sequence[ItemPart], levels: Sequence[LevelPart]
) -> Sequence[LevelPart]:
    """Join parts with their families and put those that changed. Return the levels of members that no family has.
    Raise Conflict when another poll put one of them since it was read, and OutOfTime when they are too many for a slice:
    fewer pages are joined at a time from then on."""
    if not items and not levels:
        return ()
    mirror, key = poll.deps.mirror, poll.key
    parts: list[Part] = [*items, *levels]
    notice_outlets(poll, levels)
    index = mirror.families_of(key, asked_of(parts))
    left = left_behind(parts, index)
    leading = heirs(parts, index, mirror.read(key, left)) if left else {}
    placement = placed(parts, index, leading)
    if any(_is_nameless(each) for each in items):
        poll.ask_for_names()
    for portion in in_portions(placement, AT_ONCE):
        if poll.is_late() and poll.state.at_once > 1:
            _leave(poll)
        _put(poll, portion)
    return placement.unplaced


def _leave(poll: PollSession) -> NoReturn:
    tell(poll)
    poll.note(at_once=max(1, poll.state.at_once // 2))
    log.warning("too much for a slice", extra={"account": poll.key, "at_once": poll.state.at_once})
    raise OutOfTime("More moved at the POS than fits a slice.")


def _put(poll: PollSession, placement: Placement) -> None:
    mirror, key = poll.deps.mirror, poll.key
    before = mirror.read(key, placement.families)
    for kept in before.values():
        if kept.unreadable:
            extra = {"account": key, "product_id": kept.family.id, "why": kept.unreadable}
            log.error("a product of the mirror cannot be read", extra=extra)
            poll.unreadable.add(kept.family.id)
    poll.has_older |= has_older(before, placement)
    emitted, first = poll.state.emitted, poll.is_first
    changed = to_put(before, placement, poll.names, emitted=emitted, first=first)
    if changed:
        poll.record.families += len(mirror.put(key, changed))


def _is_nameless(item: ItemPart) -> bool:
    some = (item.fields.department, item.fields.vendor, item.fields.brand)
    return any(each is not None and not each.name for each in some)


def tell(poll: PollSession) -> None:
    """Tell each store of the account what changed above what was told. Killed before the state is kept, it is told again
    under the same ids. Nothing is told of an account before it was read whole: its families may lack members."""
    if poll.is_first:
        return
    while changed := poll.deps.mirror.untold(poll.key, poll.state.emitted, TOLD_AT_ONCE):
        # Asked after the mirror was written: who is connected later reads in it what is told here.
        poll.connected = poll.deps.accounts.stores_of(poll.key) or ()
        source = f"pos.{poll.account.kind.value}"
        news = news_of(poll.key, source, poll.connected, changed, poll.now_ms())
        if news:
            poll.deps.bus.tell(news)
        poll.record.told += len(news)
        poll.note(emitted=changed[-1].version)
        if len(changed) < TOLD_AT_ONCE:
            break
        poll.keep()  # of 48,000 products, none is told twice because the tenth list was cut off


def stones_of(poll: PollSession, members: Sequence[MemberId]) -> list[ItemPart]:
    """Return tombstones for members that the vendor has no longer. They share the version of the row that they end, so
    that the vendor's next version of it lives."""
    mirror, key = poll.deps.mirror, poll.key
    homes = mirror.families_of(key, members)
    kept = mirror.read(key, set(homes.values()))
    stones: list[ItemPart] = []
    for member, home in homes.items():
        family = kept.get(home)
        known = family.family.items.get(member) if family else None
        if known is not None and not known.deleted:
            stones.append(ItemPart(member, known.version, known.parent, True, known.fields))
    return stones
