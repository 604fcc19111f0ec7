"""What the web has been promised of listed products."""

from collections.abc import Mapping, Sequence
from math import floor

from cli.deployment.connections import connection_of
from cli.deployment.orders import pos_now
from cli.deployment.target import Target
from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.web_orders.promised import owed_by_order, promised_words
from tillbridge.ports.order_book import OpenOrder
from tillbridge.usecases.pos_records import pos_records


def open_orders(target: Target, store: StoreId) -> Sequence[OpenOrder]:
    """Return what of a store's web orders is open; nothing where they are switched off."""
    if connection_of(target, store).settings.web_orders is WebOrderMode.OFF:
        return ()
    return target.order_book.open(store)


def promised(
    target: Target,
    store: StoreId,
    opened: Sequence[OpenOrder],
    links: Mapping[PosProductId, Link],
) -> Mapping[PosProductId, str]:
    """Return, in words, what of these products is on hand, promised on the web and offered online; of
    those that nobody ordered, nothing. What is on hand the POS is asked for, if it answers."""
    accounts = [account for order in opened for account in order.accounts]
    owed = {
        product: owed_by_order(accounts, product, link.stock_version)
        for product, link in links.items()
    }
    some = {product: orders for product, orders in owed.items() if orders}
    if not some:
        return {}
    connection = connection_of(target, store)
    records = _records(target, connection, list(some))
    return {
        product: promised_words(
            _on_hand(records.get(product), connection), orders, _online(links[product])
        )
        for product, orders in some.items()
    }


def _records(
    target: Target, connection: Connection, products: Sequence[PosProductId]
) -> Mapping[PosProductId, Product]:
    try:
        return pos_records(pos_now(target, connection), products)[0]
    except TillbridgeError:  # a list says what it can
        return {}


def _on_hand(record: Product | None, connection: Connection) -> int | None:
    if record is None:
        return None
    outlets = connection.settings.outlets
    holders = record.variants or (record,)
    found = [
        level.on_hand
        for holder in holders
        for level in holder.stock
        if not outlets or level.outlet_id in outlets
    ]
    return floor(sum(found)) if found else None


def _online(link: Link) -> int | None:
    known = [variant.level for variant in link.variants.values()] or [link.level]
    return None if None in known else sum(level for level in known if level is not None)
