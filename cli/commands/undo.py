"""`tillbridge undo`: put back what a push replaced."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.cannot_run import CannotRun, WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption
from cli.completing import products as known


def command(
    products: Annotated[
        list[str] | None,
        typer.Argument(
            help="Ids of POS products; without any, all of a job.",
            show_default=False,
            autocompletion=known,
        ),
    ] = None,
    job: Annotated[
        str, typer.Option(help="The job whose push is undone; `tillbridge jobs` lists them.")
    ] = "",
    field: Annotated[
        list[str] | None,
        typer.Option(help="Put back only this field, such as price. May be given several times."),
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Put back what a push replaced, within 90 days.

    Without a job it is the newest push of each product, or the first one after a link. What was changed since, on
    either side, is left alone. A restored value stays online until it changes in the POS. What a push made is not
    deleted: the console hides and unlinks it."""
    named = products or []
    need_ids(named)
    if not named and not job:
        raise WrongArguments(
            "Name products, or a job with --job. `tillbridge jobs` lists the jobs."
        )
    wires = _wires(field or [])
    from cli.deployment.connections import choose
    from cli.deployment.undo import newest_jobs, products_of
    from cli.screen.console import print_json
    from cli.screen.waiting import change_links

    target, name = choose(stack, store)
    if job:
        by_job = {job: named or [str(each) for each in products_of(target, name, job)]}
        if not by_job[job]:
            raise CannotRun(
                f"Nothing is kept that the job {job[:64]} replaced, or it is more than 90 days ago."
            )
    else:
        by_job = dict(newest_jobs(target, name, named, wires))
    answers = []
    for undone, some in by_job.items():
        said = {"undoes": undone} if undone else {}
        asked = [{"product_id": product} for product in some]
        with_fields = {**said, "fields": wires} if wires else said
        answers += change_links(target, name, "undo.requested", asked, "undone", with_fields)
    if as_json:
        print_json({"answers": answers})
    if not all(each["done"] for each in answers):
        raise typer.Exit(1)


def _wires(fields: list[str]) -> list[str]:
    from tillbridge.domain.errors import CannotAsk
    from tillbridge.usecases.console.plan_undo import wires_of

    try:
        return list(wires_of(fields))
    except CannotAsk as why:
        raise CannotRun(str(why)) from None
