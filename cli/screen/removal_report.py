"""What removing a store comes to, before and after."""

from datetime import UTC, datetime

from cli.deployment.links import has_links
from cli.deployment.removing import removals
from cli.deployment.target import Target
from cli.screen.console import console
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


def say_removed_stores(target: Target) -> None:
    """Print which stores were removed and may come back."""
    for entry in removals(target).removed():
        console.print(_listed(entry))


def _listed(entry: RemovedEntry) -> str:
    what = (
        "is being deleted"
        if entry.going
        else f"is deleted on {_day(entry.until_ms)}; `tillbridge store add` brings it back"
    )
    return f"'{entry.store}' was removed by {entry.by}, {_day(entry.at_ms)}, and {what}."


def _day(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1_000, UTC):%Y-%m-%d}"
