"""What removing a store comes to, before and after."""

from datetime import UTC, datetime

from cli.deployment.links import has_links
from cli.deployment.target import Target
from cli.screen.console import console
from cli.shapes import stores as shapes
from cli.shapes.moment import moment
from tillbridge.domain.ids import StoreId
from tillbridge.domain.removal import KEPT_DAYS, RemovedEntry
from tillbridge.usecases.remove_store import RemovedNow


def say_before(target: Target, store: StoreId) -> None:
    """Print what is about to happen, and what to keep first."""
    if store not in target.stores.all():
        console.print(f"'{store}' is removed already. What was left over is tried again.")
        return
    entry = target.store_list.figures([store]).stores.get(store)
    backlog = (entry.entry.backlog if entry and entry.entry else None) or {}
    waiting = sum(lane.count for lane in backlog.values())
    console.print(
        f"'{store}' stops at once. Products stay as they are, in the POS and in BigCommerce."
    )
    if waiting:
        console.print(f"{waiting:,} changes that wait are not sent.")
    if has_links(target, store):
        console.print(
            f"Keep its links first: `tillbridge links export --store {store} > {store}-links.csv`."
        )


def say_removed(done: RemovedNow) -> None:
    """Print what was done, until when it can come back, and what is left to a person."""
    removal = done.removal
    if not done.anew:
        console.print(f"'{removal.store}' was removed by {removal.by}, {_day(removal.at_ms)}.")
    for line in (*done.done, *done.left):
        console.print(line)
    if done.shared:
        console.print(f"Its POS account stays: {', '.join(done.shared)} has it, too.")
    console.print(
        f"'{removal.store}' is removed. What is kept of it is deleted after {KEPT_DAYS} days, on "
        f"{_day(removal.until_ms)}; until then `tillbridge store add {removal.store}` with its hash and a "
        "token brings it back, links and all."
    )


def say_removed_store(store: shapes.RemovedStore) -> None:
    """Print that a store was removed, and whether it may come back."""
    until = store["comes_back_until"]
    what = (
        f"is deleted on {until[:10]}; `tillbridge store add` brings it back"
        if until
        else "is being deleted"
    )
    console.print(
        f"'{store['store']}' was removed by {store['by']}, {store['removed_at'][:10]}, and {what}."
    )


def removed_json(entry: RemovedEntry) -> shapes.RemovedStore:
    """Return a store that was removed as JSON."""
    return {
        "store": entry.store,
        "by": entry.by,
        "removed_at": moment(entry.at_ms),
        "comes_back_until": None if entry.going else moment(entry.until_ms),
    }


def removed_now_json(done: RemovedNow) -> shapes.Removed:
    """Return what removing a store did as JSON."""
    removal = done.removal
    return {
        "store": removal.store,
        "by": removal.by,
        "removed_at": moment(removal.at_ms),
        "comes_back_until": moment(removal.until_ms),
        "anew": done.anew,
        "done": [*done.done],
        "left": [*done.left],
        "again": done.again,
        "shared": [*done.shared],
    }


def _day(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1_000, UTC):%Y-%m-%d}"
