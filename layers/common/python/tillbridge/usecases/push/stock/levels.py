"""The levels of one product that are to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Part
from tillbridge.domain.plan import LinkedItem, WorkItem
from tillbridge.domain.stock import Sellable
from tillbridge.domain.stock_levels import known_holders, last_level, levels, levels_differ
from tillbridge.domain.web_orders.accounts import web_units
from tillbridge.domain.web_orders.looking import expected_online, must_write
from tillbridge.ports.store_api import StockItem
from tillbridge.usecases.push.orders.open_lines import accounts_of
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.channel import is_new

type Seen = Mapping[PosVariantId | None, int]
"""The levels online that a look found."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the levels of one product: what it found, and whether what is too low may be raised,
    because another look half a minute before found the same."""

    online: Seen
    raises: bool


@dataclass(frozen=True, slots=True)
class Levels:
    """All levels of one product: they are sent, recorded and refused together. `by_holder` are those
    that are recorded: those of `items`, and with web orders those that are expected online already.
    `look`: what found that they differ, if it was no change in the POS. `waits`: some level is too low
    online, and is not to be raised yet."""

    work: LinkedItem
    by_holder: Mapping[PosVariantId | None, Sellable]
    items: tuple[StockItem, ...]
    look: Look | None = None
    waits: bool = False


def can_send(work: WorkItem, settings: Settings) -> bool:
    """Return whether the store can be sent levels of this record that it has not got: not before the
    product is linked and its holders of stock are known, and never older ones."""
    link, record = work.link, work.record
    if link is None or not link.is_linked or record.deleted or not known_holders(record, link):
        return False
    if record.version == link.stock_version:
        # A second event of one version has no second effect.
        return work.force or levels_differ(record, link, settings, work.web_units)
    return record.version > link.stock_version


def needs_look(session: Session, work: LinkedItem) -> bool:
    """Return whether the levels are looked at before any is written: with web orders, where nobody
    knows what is online, and where a level differs though nothing changed in the POS."""
    link, record = work.link, work.record
    if not session.takes_orders or work.force or is_new(work):
        return False
    if Part.STOCK in link.doubts:
        return True
    return record.version == link.stock_version and all(
        last_level(link, holder) is not None for holder in known_holders(record, link)
    )


def levels_to_send(session: Session, work: LinkedItem, look: Look | None = None) -> Levels:
    """Return the levels to send of a product; none of those that the store does not have a holder of,
    and with `when_changed` only those that differ from what was last sent. With web orders, only those
    that differ from what is expected online, or of a `look` from what it found."""
    link = work.link
    known = known_holders(work.record, link)
    wanted = levels(
        work.record,
        session.settings,
        work.web_units,
        creating=is_new(work),
        manual=work.manual,
    )
    found = {holder: level for holder, level in wanted.items() if holder in known}
    when_changed = session.settings.push_content is PushContent.WHEN_CHANGED
    if session.takes_orders:
        return _but_expected(session, work, found, look)
    if when_changed and not work.force:
        found = {
            holder: level
            for holder, level in found.items()
            if level.level != last_level(link, holder)
        }
    return Levels(work, found, _items(session, work, found))


def with_orders(session: Session, before: Levels) -> Levels:
    """Return the levels of a product with what its web orders owe now."""
    owed = accounts_of(session, before.work.product)
    work = replace(before.work, web_units=web_units(before.work.record, owed))
    return levels_to_send(session, work, before.look)


def _but_expected(
    session: Session,
    work: LinkedItem,
    found: Mapping[PosVariantId | None, Sellable],
    look: Look | None,
) -> Levels:
    goes: dict[PosVariantId | None, Sellable] = {}
    waits: set[PosVariantId | None] = set()
    for holder, level in found.items():
        believed = look.online.get(holder) if look else last_level(work.link, holder)
        expected = expected_online(believed, session.orders.taken(work.product, holder))
        if not must_write(level.level, expected, force=work.force or is_new(work)):
            continue
        if look and not look.raises and (expected is None or level.level > expected):
            waits.add(holder)
        else:
            goes[holder] = level
    known = {holder: level for holder, level in found.items() if holder not in waits}
    return Levels(work, known, _items(session, work, goes), look, bool(waits))


def _items(
    session: Session, work: LinkedItem, found: Mapping[PosVariantId | None, Sellable]
) -> tuple[StockItem, ...]:
    location = session.connection.location_id
    return tuple(
        StockItem(location, level.level, product=work.id)
        if holder is None
        else StockItem(location, level.level, variant=work.link.variants[holder].id)
        for holder, level in found.items()
    )
