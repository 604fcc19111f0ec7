"""When the store takes stock off, what it keeps back by itself, and what it sells without end."""

from __future__ import annotations

from collections.abc import Iterator

from cli.check_store.check import Check, Said, fine, know, mend
from cli.check_store.client import StoreUnderTest, Untold, records_of
from cli.check_store.readings import PAGE, Record, items_at_our_location, products_page
from cli.counted import counted
from tillbridge.domain.web_orders import switching

PRODUCT_PAGES = 3
MOST_CHANNELS = 4

_AT_PLACING = "order_placed"


def _settings(store: StoreUnderTest, channel: int | None = None) -> Record:
    path = "/settings/inventory"
    answer = store.get(path) if channel is None else store.get(path, channel_id=channel)
    found = answer.body.get("data") if isinstance(answer.body, dict) else None
    if not isinstance(found, dict):
        raise Untold("its inventory settings are not as documented", answer.status)
    return found


def _when_taken(store: StoreUnderTest) -> Said:
    told = _at_placing(_settings(store))
    words = switching.when_stock_goes(told)
    return fine(words) if told else know(words)


def _at_placing(settings: Record) -> bool | None:
    when = settings.get("update_stock_behavior")
    return when == _AT_PLACING if isinstance(when, str) else None


def _by_channel(store: StoreUnderTest) -> Said:
    whole = _at_placing(_settings(store))
    channels = _channels(store)
    own: list[str] = []
    late: list[int] = []
    for channel in channels[:MOST_CHANNELS]:
        settings = _settings(store, channel)
        if any(value is not None for value in settings.values()):
            own.append(str(channel))
        at_placing = _at_placing(settings)
        if (whole if at_placing is None else at_placing) is False:
            late.append(channel)
    left = len(channels) - MOST_CHANNELS
    words = [
        f"Channels with settings of their own: {', '.join(own)}."
        if own
        else "Every channel that was asked inherits the store's settings.",
        *([f"{counted(left, 'channel')} more not asked."] if left > 0 else []),
    ]
    if late:
        names = ", ".join(map(str, late))
        return know(
            " ".join([*words, f"Orders of {names} take stock off only when they ship."]),
            "Set it to *when an order is placed* (control panel, Settings, Inventory).",
        )
    return fine(" ".join(words))


def _channels(store: StoreUnderTest) -> list[int]:
    """Return the ids of the storefronts, ours first; ours alone when they are not told."""
    ours = store.connection.channel_id
    try:
        found = records_of(store.get("/channels", type__in="storefront", limit=PAGE))
    except Untold:
        return [ours]
    ids = sorted(number for each in found if isinstance(number := each.get("id"), int))
    return [ours, *(number for number in ids if number != ours)]


def _kept_back(store: StoreUnderTest) -> Said:
    items = items_at_our_location(store)
    kept = [each for each in items if _number(_part(each, "settings"), "safety_stock") > 0]
    if not kept:
        return fine(f"BigCommerce keeps no units back itself ({counted(len(items), 'item')} read).")
    words = switching.kept_back_twice(len(kept))
    return know(words, "Set safety stock in one place: in BigCommerce, or `safety_stock` here.")


def _below_zero(store: StoreUnderTest) -> Said:
    items = items_at_our_location(store)
    more = [
        each
        for each in items
        if _number(each, "available_to_sell") > _number(each, "total_inventory_onhand")
    ]
    marked = [each for each in items if _takes_back_orders(each)]
    count = len(marked) or len(more)
    if count:
        return know(
            f"{counted(count, 'item')} may be sold although none is there (back-orders): what the web then"
            " sells below zero is sold by your choice.",
            "Switch back-orders off for what must not be sold twice.",
        )
    return fine(f"Nothing is sold below zero ({counted(len(items), 'item')} read).")


def _takes_back_orders(item: Record) -> bool:
    return any(
        "backorder" in name.replace("_", "") and value not in (None, False, 0, "", "none")
        for name, value in (*item.items(), *_part(item, "settings").items())
    )


def _untracked(store: StoreUnderTest) -> Said:
    read = list(_products(store))
    loose = [
        each
        for each in read
        if each.get("inventory_tracking") == "none" and each.get("type") != "digital"
    ]
    among = f"among the first {counted(len(read), 'product')}"
    if not loose:
        return fine(f"Stock is tracked for every product, {among}.")
    return know(
        f"{counted(len(loose), 'product')} {among} {'is' if len(loose) == 1 else 'are'} sold without end:"
        f" BigCommerce does not track stock for, say, '{loose[0].get('name')}'.",
        "A push of its POS product switches tracking on; without one, do so in BigCommerce.",
    )


def _products(store: StoreUnderTest) -> Iterator[Record]:
    for page in range(1, PRODUCT_PAGES + 1):
        found = products_page(store, page)
        yield from found
        if len(found) < PAGE:
            return


def _location(store: StoreUnderTest) -> Said:
    number = store.connection.location_id
    try:
        items_at_our_location(store)
    except Untold as why:
        if why.status != 404:
            raise
        return mend(
            f"The store has no location {number}, to which levels are written.",
            "Look in BigCommerce whether it was deleted.",
        )
    return fine(f"The location {number}, to which levels are written, is there.")


def _part(record: Record, name: str) -> Record:
    part = record.get(name)
    return part if isinstance(part, dict) else {}


def _number(record: Record, name: str) -> int:
    value = record.get(name)
    return value if isinstance(value, int) else 0


STOCK = (
    Check("location", "Is the location there whose levels are written?", _location),
    Check("stock-taken", "When does BigCommerce take stock off?", _when_taken),
    Check("stock-by-channel", "Do channels take stock off at other times?", _by_channel),
    Check("own-safety-stock", "Does BigCommerce keep units back itself?", _kept_back),
    Check("back-orders", "Does BigCommerce sell what is not there?", _below_zero),
    Check("untracked", "Are there products whose stock is not tracked?", _untracked),
)
