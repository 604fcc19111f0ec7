"""The levels of one product that are to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.plan import LinkedItem, WorkItem
from tillbridge.domain.stock import Sellable
from tillbridge.domain.stock_levels import known_holders, last_level, levels, levels_differ
from tillbridge.ports.store_api import StockItem
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.channel import is_new


@dataclass(frozen=True, slots=True)
class Levels:
    """All levels of one product: they are sent, recorded and refused together."""

    work: LinkedItem
    by_holder: Mapping[PosVariantId | None, Sellable]
    items: tuple[StockItem, ...]


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


def levels_to_send(session: Session, work: LinkedItem) -> Levels:
    """Return the levels to send of a product; none of those that the store does not have a holder of,
    and with `when_changed` only those that differ from what was last sent."""
    link = work.link
    location = session.connection.location_id
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
    if when_changed and not work.force:
        found = {
            holder: level
            for holder, level in found.items()
            if level.level != last_level(link, holder)
        }
    items = tuple(
        StockItem(location, level.level, product=work.id)
        if holder is None
        else StockItem(location, level.level, variant=link.variants[holder].id)
        for holder, level in found.items()
    )
    return Levels(work, found, items)
