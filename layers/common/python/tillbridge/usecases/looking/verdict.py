"""What a look at a linked product found."""

from enum import StrEnum

from tillbridge.domain.connection import Settings
from tillbridge.domain.drift import differences
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.domain.web_orders.accounts import NO_WEB_UNITS, WebUnits
from tillbridge.domain.web_product import WebProduct


class Verdict(StrEnum):
    """`equal`: as the POS wants it. `ours`: a push would write something, whoever changed it.
    `missing`: BigCommerce's list leaves it out. `older`: the POS shows no record, or one that is
    older than what was pushed, so that nothing can be said. `unreadable`: nor can it of a record of
    BigCommerce's that cannot be read."""

    EQUAL = "equal"
    OURS = "ours"
    MISSING = "missing"
    OLDER = "older"
    UNREADABLE = "unreadable"


def comparable(link: Link | None, record: Product | None) -> bool:
    """Return whether a product can be compared: not while it is being created, not when its link is
    broken, and not when its record has no version that can be read. Of a version that BigCommerce
    refused, and of a record that cannot be read, only the stock is (`domain/drift.py`)."""
    if link is None or not link.is_linked or (record and record.version == NO_VERSION):
        return False
    return record is not None or link.status is LinkStatus.LINKED


def verdict(
    link: Link,
    record: Product | None,
    web: WebProduct | None,
    settings: Settings,
    owed: WebUnits = NO_WEB_UNITS,
) -> Verdict:
    """Return what a look found of a product that can be compared. `owed`: sold on the web, and not in
    the record. `link` is as it can be believed; what belongs to BigCommerce is not compared. One look proves nothing wrong
    (`domain/looks.py`)."""
    if web is None:
        return Verdict.MISSING
    if web.unreadable:
        return Verdict.UNREADABLE
    if record is None or record.version < link.content_version:
        return Verdict.OLDER
    return Verdict.OURS if differences(record, link, web, settings, owed) else Verdict.EQUAL
