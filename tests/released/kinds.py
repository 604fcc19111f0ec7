"""The kinds of rows in the tables, told by their keys, each with how it is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tillbridge.adapters.dynamodb import (
    before_items,
    call_lines,
    detail_items,
    exact_items,
    history,
    imports,
    job_items,
    lag_hours,
    link_requests,
    order_items,
    oversold,
    plan_items,
    polled_accounts,
    pos_doors,
    removals,
    row_items,
    run_items,
    settings_versions,
    store_list,
    told_trouble,
    turns,
)
from tillbridge.adapters.dynamodb.attributes import Item, from_item
from tillbridge.adapters.dynamodb.link_items import link_of
from tillbridge.adapters.dynamodb.pending import row_of
from tillbridge.adapters.dynamodb.store_items import account_of, connection_of
from tillbridge.adapters.messages import pokes
from tillbridge.adapters.pos_mirror import items as mirror_items
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import ENTRY, Lane

_STORE = StoreId("harbour")


def _there[T](read: T | None) -> T:
    """Return what was read. Raise ValueError for None, with which lists leave out what cannot be read."""
    if read is None:
        raise ValueError("it was left out as unreadable")
    return read


def _plan(item: Item) -> object:
    values = from_item(item)
    return None if values["more"] else plan_items.unpacked(bytes(values["plan"]))


def _details(item: Item) -> object:
    return next(iter(detail_items.details_of([item]).values()))


def _link_request(item: Item) -> object:
    return link_requests._request(_STORE, from_item(item))


def _entry(item: Item) -> object:
    """Read the entry of a store as a list would, but let nothing pass that it would leave out."""
    from_item(item)
    backlogs = [store_list._backlog_of(item, name) for name in ("backlog", "counting")]
    runs = [store_list._run_of(item, name) for name in ("last_run", "last_full")]
    return (
        backlogs,
        runs,
        told_trouble._trouble_of(item),
        int(item.get("compared_ms", {"N": "0"})["N"]),
    )


def _before(item: Item) -> object:
    return before_items.unpacked(item)


def _mirrored(item: Item) -> object:
    kept = mirror_items.kept_of(item)
    return _there(None if kept.unreadable in (mirror_items.NEWER, mirror_items.DAMAGED) else kept)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows: in which table of the template, how `pk / sk` begins, and what reads one."""

    name: str
    table: str
    keys: str
    read: Callable[[Item], object]


KINDS = (
    Kind("poke", "PendingTable", r".*#poll / #poke$", pokes.mark_of),
    Kind("link", "LinksTable", r".* / pos#", link_of),
    Kind("holder", "LinksTable", r".* / bc#", from_item),
    Kind("block", "LinksTable", r".* / blocks#", from_item),
    Kind("begun", "PendingTable", r"#begun / ", from_item),
    Kind("link request", "PendingTable", rf".* / {ENTRY[Lane.LINKS].letter}", _link_request),
    Kind("pending", "PendingTable", r".* / ", lambda item: row_of(_STORE, item)),
    Kind("store", "StoresTable", r"#stores / ", _entry),
    Kind(
        "removed store",
        "StoresTable",
        r"#removed / ",
        lambda item: removals._entry(from_item(item)),
    ),
    Kind("account", "StoresTable", r"#accounts / ", lambda item: account_of(from_item(item))),
    Kind("POS's door", "StoresTable", r"#pos-hooks / ", lambda i: _there(pos_doors.door_of(i))),
    Kind("note of polls", "StoresTable", r"#polls / ", polled_accounts._note_of),
    Kind("store of an account", "StoresTable", r"#of#.* / ", from_item),
    Kind("sweep's place", "StoresTable", r"#sweep / place", from_item),
    Kind("swept", "StoresTable", r"#sweep / swept", from_item),
    Kind("import's page", "StoresTable", r".*#import#.* / page#", from_item),
    Kind(
        "imported",
        "StoresTable",
        r".*#import#.* / product#",
        lambda item: imports._outcome(from_item(item)),
    ),
    Kind("connection", "StoresTable", r".* / connection$", lambda i: connection_of(from_item(i))),
    Kind("category", "StoresTable", r".* / category#", from_item),
    Kind(
        "settings",
        "StoresTable",
        r".* / settings$",
        lambda item: [settings_versions._version_of(v) for v in from_item(item)["versions"]],
    ),
    Kind("writer", "StoresTable", r".* / writer$", lambda item: turns._turn(from_item(item))),
    Kind("went back", "StoresTable", r".* / went-back$", from_item),
    Kind("job", "StoresTable", r".* / job#", lambda i: job_items.job_of(_STORE, from_item(i))),
    Kind("plan", "StoresTable", r".* / plan#", _plan),
    Kind("plan's part", "StoresTable", r".* / plan-part#", from_item),
    Kind(
        "exact plan",
        "StoresTable",
        r".* / plan-exact#",
        lambda item: exact_items.unpacked(bytes(from_item(item)["exact"])),
    ),
    Kind("exact page", "StoresTable", r".* / plan-exact-page#", from_item),
    Kind(
        "exact guard",
        "StoresTable",
        r".* / plan-exact-guard#",
        lambda item: exact_items.unpacked_guard(bytes(from_item(item)["guard"])),
    ),
    Kind("run", "StoresTable", r".* / run#", lambda item: run_items.run_of(from_item(item))),
    Kind(
        "found",
        "StoresTable",
        r".* / found#",
        lambda item: list(map(run_items.finding_of, from_item(item)["findings"])),
    ),
    Kind(
        "accepted",
        "StoresTable",
        r".* / accepted#",
        lambda item: run_items.accepted_in(from_item(item)),
    ),
    Kind("cursors", "StoresTable", r".* / cursors$", lambda i: run_items.cursors_of(from_item(i))),
    Kind("answer", "StoresTable", r".* / answer#", lambda i: link_requests._answer(from_item(i))),
    Kind("replaced", "StoresTable", r".* / replaced#", from_item),
    Kind("replaced part", "StoresTable", r".* / replaced-part#", from_item),
    Kind("before", "StoresTable", r".* / replaced-by#", _before),
    Kind("detail", "ReadModelTable", r".*#detail / ", _details),
    Kind("term", "ReadModelTable", r".*#find / ", from_item),
    Kind("row", "ReadModelTable", r".* / ", row_items._row_of),
    Kind("counter", "CountersTable", r"account#.* / (sku|version)$", from_item),
    Kind("intent", "CountersTable", r".*#import / ", from_item),
    Kind("listed orders", "OrdersTable", r".* / listed$", from_item),
    Kind("open order", "OrdersTable", r".*#open / ", order_items.open_of),
    Kind("oversold", "OrdersTable", r".*#oversold / ", lambda i: _there(oversold._debt(i))),
    Kind("order", "OrdersTable", r".* / order#", order_items.kept_of),
    Kind("hour", "HistoryTable", r".* / hour#", lambda item: _there(lag_hours._hour(item))),
    Kind("calls", "HistoryTable", r".*#calls / ", lambda item: _there(call_lines._line(item))),
    Kind(
        "line",
        "HistoryTable",
        r".*#[pw]#.* / ",
        lambda item: _there(history.line_of_item(item, PosProductId("p-1"))),
    ),
    Kind("mirrored family", "PosMirrorTable", r".* / f#", _mirrored),
    Kind("mirrored member", "PosMirrorTable", r".* / m#", from_item),
    Kind("note of a walk", "PosMirrorTable", r".* / w#", from_item),
    Kind("state of polls", "PosMirrorTable", r".* / state$", mirror_items.state_of),
)


def kind_of(table: str, item: Item) -> Kind | None:
    """Return the kind of a row in a table of the template, None for one that has none."""
    keys = f"{item['pk']['S']} / {item['sk']['S']}"
    return next(
        (each for each in KINDS if each.table == table and re.match(each.keys, keys, re.DOTALL)),
        None,
    )


def is_read(kind: Kind, item: Item) -> bool:
    """Return whether today's reader reads a row."""
    try:
        kind.read(item)
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        return False
    return True


def shape_of(item: Item) -> set[tuple[str, str]]:
    """Return the attributes of a row with their types."""
    return {(name, next(iter(value))) for name, value in item.items()}
