"""`tillbridge import`: import products that only BigCommerce has into the POS."""

from typing import Annotated

import typer

from cli.asking.checked import need_filter, need_numbers
from cli.cannot_run import WrongArguments
from cli.commands.options import DryRunOption, JsonOption, StackOption, StoreOption

FILTERS = ("category", "brand", "keyword")
NO_SUCH = "BigCommerce has no such product."
NOTHING_LEFT = "Every BigCommerce product is linked; there is nothing to import."


def command(
    ids: Annotated[
        list[int] | None,
        typer.Option("--id", help="A BigCommerce product's number; may be repeated."),
    ] = None,
    filters: Annotated[
        list[str] | None,
        typer.Option(
            "--filter", help="category=NAME, brand=NAME or keyword=TEXT; may be repeated."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every product that is not linked.")
    ] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Import products from BigCommerce into the POS, and link them.

    The SKU becomes the product number, and the first category the department."""
    if [bool(ids), bool(filters), everything].count(True) != 1:
        raise WrongArguments("Choose the products with one of --id, --filter and --all.")
    need_numbers(ids or ())
    narrowed = dict(map(_filter, filters or ()))
    from cli.asking.imports import import_requests, run_import
    from cli.deployment.connections import choose
    from cli.screen.console import console, errors, print_json
    from cli.screen.import_report import (
        import_bar,
        import_json,
        import_plan_json,
        say_import,
        say_import_plan,
    )
    from cli.screen.waiting import may_stop_waiting
    from cli.sides.import_plan import TO_BE_IMPORTED, import_plan
    from cli.sides.plausible import about_imports
    from tillbridge.domain.ids import StoreProductId
    from tillbridge.domain.import_messages import Ask
    from tillbridge.ports.imports import Outcome

    target, name = choose(stack, store)
    nothing = NOTHING_LEFT if everything else NO_SUCH
    if dry_run:
        ask = Ask(ids=tuple(map(StoreProductId, ids or ())), **narrowed)
        with errors.status("reading both sides"):
            plan = list(import_plan(target, name, ask))
        say_import_plan(plan, nothing)
        new = (each.product for each in plan if each.kind == TO_BE_IMPORTED)
        if note := about_imports(new):
            console.print(note)
        if as_json:
            print_json(import_plan_json(plan, note))
        return
    outcomes: list[Outcome] = []
    for request in import_requests(ids or (), narrowed):
        with may_stop_waiting("list"), import_bar() as show:
            outcomes += run_import(target, name, request, show).outcomes
    say_import(outcomes, nothing)
    if as_json:
        print_json(import_json(outcomes))
    if any(each.kind in ("failed", "refused") for each in outcomes):
        raise typer.Exit(1)


def _filter(text: str) -> tuple[str, str]:
    what, _, value = text.partition("=")
    if what not in FILTERS or not value.strip():
        raise WrongArguments(
            f"'{text}' is not a filter. Write one of {', '.join(f'{f}=…' for f in FILTERS)}."
        )
    need_filter(what, value.strip())
    return what, value.strip()
