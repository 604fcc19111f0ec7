"""`tillbridge import`: products that exist only on BigCommerce come into the POS."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.asking.imports import ImportRun, Progress, run_import
from cli.commands.options import StackOption, StoreOption
from cli.deployment.connections import connection_of, the_store
from cli.deployment.links import every_link
from cli.deployment.target import Target, need_target
from cli.screen.bars import progress_bars
from cli.screen.console import console, errors, short, table
from cli.sides.catalogues import pos_records, web_products
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.importing import import_problem
from tillbridge.domain.names import sku_key
from tillbridge.domain.web_product import WebProduct

FILTERS = ("category", "brand", "keyword")
IDS_AN_EVENT = 200
NO_SUCH = "BigCommerce has no such product."
NOTHING_LEFT = "BigCommerce has no product that is not linked: there is nothing to import."


def import_products(
    ids: Annotated[
        list[int] | None, typer.Option("--id", help="A BigCommerce product; may be repeated.")
    ] = None,
    filters: Annotated[
        list[str] | None,
        typer.Option("--filter", help="category=NAME, brand=NAME or keyword=TEXT; repeatable."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every product that is not linked.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Imports products from BigCommerce: their SKU becomes the product number, the first category
    the department; afterwards they are linked."""
    if [bool(ids), bool(filters), everything].count(True) != 1:
        raise typer.BadParameter("Say which products: --id, --filter or --all.")
    narrowed = dict(map(_filter, filters or ()))
    target = need_target(stack)
    name = the_store(target, store)
    nothing = NOTHING_LEFT if everything else NO_SUCH
    if dry_run:
        ask = Ask(ids=tuple(map(StoreProductId, ids or ())), **narrowed)
        _say_plan(target, name, ask, nothing)
        return
    if ids is not None:
        parts = [ids[at : at + IDS_AN_EVENT] for at in range(0, len(ids), IDS_AN_EVENT)]
        requests: list[dict[str, Any]] = [{"bigcommerce_ids": part} for part in parts]
    else:
        requests = [{"filter": narrowed} if narrowed else {"all": True}]
    runs = [_run(target, name, request) for request in requests]
    if not _say_outcome(runs, nothing):
        raise typer.Exit(1)


def _filter(text: str) -> tuple[str, str]:
    what, _, value = text.partition("=")
    if what not in FILTERS or not value.strip():
        raise typer.BadParameter(f"'{text}' is none of {', '.join(f'{f}=…' for f in FILTERS)}.")
    return what, value.strip()


def _run(target: Target, store: StoreId, request: dict[str, Any]) -> ImportRun:
    with progress_bars() as bars:
        task = bars.add_task("looking for products", total=None)

        def watch(now: Progress) -> None:
            more = "" if now.all_found else ", still looking"
            words = f"importing {now.found} products{more}"
            bars.update(task, total=now.found or None, completed=now.done, description=words)

        return run_import(target, store, request, watch)


def _say_outcome(runs: list[ImportRun], nothing: str) -> bool:
    outcomes = [each for run in runs for each in run.outcomes]
    count = Counter(each.kind for each in outcomes)
    told = [
        (f"#{o.web}", short(o.name), o.words)
        for o in outcomes
        if o.kind not in ("imported", "linked")
    ]
    held = [(f"#{o.web}", short(o.name), " ".join(o.held)) for o in outcomes if o.held]
    for title, rows in (("Not imported", told), ("Held as BigCommerce has them", held)):
        if rows:
            columns = ("BigCommerce", "product", "why")
            console.print(table(title, columns, rows, whole=("BigCommerce",)))
    words = [f"{number} {kind.replace('_', ' ')}" for kind, number in sorted(count.items())]
    console.print(", ".join(words) + "." if words else nothing)
    return not (count["failed"] or count["refused"])


def _say_plan(target: Target, store: StoreId, ask: Ask, nothing: str) -> None:
    with errors.status("reading both sides"):
        rows = list(_plan(target, store, ask))
    if rows:
        shown = [(f"#{row[0]}", short(row[1]), *row[2:5]) for row in rows]
        columns = ("BigCommerce", "product", "SKU", "department", "what")
        console.print(table("Would happen", columns, shown, whole=("BigCommerce",)))
    count = Counter(row[5] for row in rows)
    words = [f"{number} {what}" for what, number in sorted(count.items())]
    console.print(", ".join(words) + "." if words else nothing)


def _plan(
    target: Target, store: StoreId, ask: Ask
) -> Iterator[tuple[int, str, str, str, str, str]]:
    links = every_link(target, store).values()
    linked = {int(link.id): str(link.product) for link in links if link.id is not None}
    holders: dict[str, str] = {}
    for record in pos_records(target, store):
        codes = [record.sku, record.product_number]
        codes += [code for v in record.variants for code in (v.sku, v.product_number)]
        for code in filter(str.strip, codes):
            holders.setdefault(sku_key(code), record.id)
    default = connection_of(target, store).settings.default_department
    for web in web_products(target, store, ask):
        if web.id in linked and ask.everything:
            continue
        what, kind = _fate(web, linked.get(web.id, ""), holders)
        yield web.id, web.name, web.sku, web.category or default, what, kind


def _fate(web: WebProduct, linked: str, holders: dict[str, str]) -> tuple[str, str]:
    if linked:
        return f"linked to {linked} already", "already linked"
    problem = import_problem(web)
    if problem is not None:
        return problem.words, "to be refused"
    same = next((holders[k] for sku in web.skus if (k := sku_key(sku)) in holders), "")
    if same:
        return f"offered as a link to {same}, which has its SKU", "to be offered"
    units = f" with {len(web.variants)} variants" if web.variants else ""
    return f"import{units}", "to be imported"
