"""`tillbridge demo`: play a shop's day and check every promise."""

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, NameOption, PosOfAWorld, Quota, RecordOption
from cli.deployment.world import DEFAULT


def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    products: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="A CSV file of products; may be repeated."),
    ] = None,
    sales: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A sales log (CSV) to replay.")
    ] = None,
    store: Annotated[str, typer.Option(help="Use this store, added with `store add`.")] = "",
    quota: Annotated[
        Quota, typer.Option(help="The sandbox store's plan, which sets its quota.")
    ] = Quota.STANDARD,
    seed: Annotated[int, typer.Option(help="A number; the same one plays the same day.")] = 7,
    record: RecordOption = None,
    as_json: JsonOption = False,
    drift: Annotated[
        bool,
        typer.Option("--drift", help="Afterwards damage the store, and let reconcile repair it."),
    ] = False,
    imports: Annotated[
        bool,
        typer.Option("--import", help="Start with products that only the store has; import them."),
    ] = False,
    store_products: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="With --import: a CSV file of the store's products."
        ),
    ] = None,
    web_orders: Annotated[
        bool,
        typer.Option("--web-orders", help="Play a Saturday: shop and web sell the same goods."),
    ] = False,
    speed: Annotated[
        float,
        typer.Option(min=1, max=100, help="With --web-orders: seconds of the day in a second."),
    ] = 10.0,
    stay: Annotated[
        bool, typer.Option("--stay", help="Afterwards keep the world up, until Ctrl-C.")
    ] = False,
    hooks_off: Annotated[
        bool,
        typer.Option(
            "--hooks-off", help="With --web-orders or a vendor's POS: every webhook is lost."
        ),
    ] = False,
    hooks_dropped: Annotated[
        int,
        typer.Option(
            min=0, max=100, help="With a vendor's POS: so many of a hundred webhooks are lost."
        ),
    ] = 0,
    pos: Annotated[
        PosOfAWorld, typer.Option(help="Whose POS the shop has: a vendor's is asked what changed.")
    ] = PosOfAWorld.CONTRACT,
    name: NameOption = DEFAULT,
) -> None:
    """Play a shop's day in a local world, then compare both sides.

    Exit status 0 only if every promise held."""
    if web_orders:
        _only("--web-orders", products=products, sales=sales, store=store, drift=drift, record=record, stay=stay,
              **{"import": imports or store_products})  # fmt: skip
        from cli.demo.saturday_report import play_and_show

        play_and_show(seed, speed, as_json=as_json, hooks=not hooks_off)
    if (hooks_off or hooks_dropped) and not pos.vendor:
        raise WrongArguments(
            "--hooks-off and --hooks-dropped are for --web-orders, or for a POS that has webhooks: --pos lightspeed."
        )
    if store and record:
        raise WrongArguments(
            "--record works only with the sandbox store that the demo starts itself. To record "
            "your own sandbox store, start it with `tillbridge sandbox bigcommerce --record FILE`."
        )
    if drift and store:
        raise WrongArguments("--drift damages a store, so it cannot be used with --store.")
    from cli.demo.drift import Drift, play_drift
    from cli.demo.importing import play_import
    from cli.demo.input import MOST_SHOWN, ShopPos, read_input
    from cli.demo.play import run_demo
    from cli.demo.staying import end_with
    from cli.deployment.accounts import find_account
    from cli.deployment.world import own_world
    from cli.screen.console import console, print_json

    if imports or store_products:
        _only("--import", products=products, sales=sales, store=store, drift=drift, stay=stay)
        play_import(store_products, quota.value, record, pos.vendor, as_json=as_json)
    damage = Drift()
    given = read_input(products or [], sales)
    given.pos = ShopPos(pos.vendor, 100 if hooks_off else hooks_dropped)
    for note in given.notes[:MOST_SHOWN]:
        console.print(note)
    # A day is not played in vain: that another world runs in this home is said before it.
    with own_world(name) if stay else nullcontext() as remember:
        result = run_demo(
            given,
            account=find_account(store) if store else None,
            quota=quota.value,
            seed=seed,
            record=record,
            afterwards=partial(play_drift, drift=damage) if drift else lambda *_: None,
            at_the_end=end_with(damage if drift else None, remember),
        )
    if stay:
        console.print("The local world has ended.")
    if as_json:
        figures = result.json()
        if drift:
            figures["drift"] = damage.json()
        print_json(figures)
    raise typer.Exit(0 if result.kept and damage.kept else 1)


def _only(option: str, **others: object) -> None:
    refused = [f"--{name}" for name, given in others.items() if given]
    if refused:
        raise WrongArguments(f"{option} is a demo of its own. Run it without {', '.join(refused)}.")
