"""`tillbridge push`: what the article's button does, for any number of products."""

import time
from collections import Counter
from typing import Annotated, Any

import typer

from cli.asking.bus import push_requests, put
from cli.asking.quiet import until_quiet
from cli.commands.options import StackOption, StoreOption
from cli.deployment.backlog import Backlog
from cli.deployment.connections import connection_of, the_store
from cli.deployment.ledger import ledger
from cli.deployment.links import every_link
from cli.deployment.target import Target, need_target
from cli.screen.bars import progress_bars
from cli.screen.console import console, errors, short, table
from cli.sides.pos_products import pos_products
from tillbridge.domain.connection import StoreState
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.plan import PRODUCTS_A_CALL, VARIANTS_A_CALL


def push(
    ids: Annotated[list[str] | None, typer.Argument(help="POS product ids.")] = None,
    not_linked: Annotated[
        bool, typer.Option("--not-linked", help="Every POS product that is not linked.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Pushes products: what is not linked is created in BigCommerce, what is linked is updated."""
    if bool(ids) == not_linked:
        raise typer.BadParameter("Name products, or say --not-linked.")
    target = need_target(stack)
    name = the_store(target, store)
    with errors.status("reading the POS"):
        links = every_link(target, name)
        known = {each["id"]: each for each in pos_products(target, name)}
    unknown = [each for each in ids or () if each not in known]
    if unknown:
        raise typer.BadParameter(f"The POS has no product {', '.join(unknown)}.")
    chosen = ids or [each for each in known if not _is_linked(links.get(each))]
    if not chosen:
        console.print("Every product of the POS is linked; there is nothing to push.")
        return
    if dry_run:
        _say_plan([known[each] for each in chosen], {str(k): v for k, v in links.items()})
        return
    _push(target, name, chosen)


def _is_linked(link: Link | None) -> bool:
    return link is not None and link.is_linked


def _say_plan(chosen: list[dict[str, Any]], links: dict[str, Link]) -> None:
    creates = [each for each in chosen if not _is_linked(links.get(each["id"]))]
    updates = [each for each in chosen if _is_linked(links.get(each["id"]))]
    variants = sum(len(each["variants"]) for each in updates)
    calls = len(creates) - (-len(updates) // PRODUCTS_A_CALL) - (-variants // VARIANTS_A_CALL)
    rows = [(each["id"], short(each["name"]), "create") for each in creates]
    rows += [(each["id"], short(each["name"]), "update") for each in updates]
    console.print(table("Would push", ("product", "name", "how"), rows, whole=("product",)))
    console.print(f"{len(creates)} creates, {len(updates)} updates: about {calls} calls.")


def _push(target: Target, store: StoreId, chosen: list[str]) -> None:
    if connection_of(target, store).state is StoreState.PAUSED:
        put(target, list(push_requests(store, chosen)))
        console.print(f"'{store}' is paused; they wait. `tillbridge store resume` sends them.")
        return
    began = time.time_ns() // 1_000_000
    with progress_bars() as bars:
        task = bars.add_task(f"pushing {len(chosen)} products", total=len(chosen))

        def watch(left: Backlog) -> None:
            bars.update(task, completed=max(0, len(chosen) - left.rows.total()))

        put(target, list(push_requests(store, chosen)))
        until_quiet(target, store, watch)
        bars.update(task, completed=len(chosen))
    links = {str(k): v for k, v in every_link(target, store).items()}
    _say_outcome([(each, links.get(each)) for each in chosen])
    calls = ledger(target, store, began).total.calls.total()
    console.print(f"{calls} API calls.")


def _say_outcome(chosen: list[tuple[str, Link | None]]) -> None:
    count = Counter("linked" if _is_fine(link) else "failed" for _, link in chosen)
    bad = [(name, link) for name, link in chosen if not _is_fine(link)]
    if bad:
        rows = [(name, link.problem.words if link and link.problem else "?") for name, link in bad]
        console.print(table("Not pushed", ("product", "why"), rows, whole=("product",)))
    console.print(f"{count['linked']} linked, {count['failed']} failed.")
    if bad:
        raise typer.Exit(1)


def _is_fine(link: Link | None) -> bool:
    return link is not None and link.status is LinkStatus.LINKED
