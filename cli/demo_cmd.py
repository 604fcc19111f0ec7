"""The words of `tillbridge demo`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.connect import find_account
from cli.demo import run_demo
from cli.demo_input import read_input
from cli.demo_report import show
from cli.sandbox_cmd import Quota

def demo(
    products: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="A product CSV; may be repeated."),
    ] = None,
    sales: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A sales log to replay.")
    ] = None,
    store: Annotated[str, typer.Option(help="A store added with `store add`.")] = "",
    quota: Annotated[Quota, typer.Option(help="The sandbox store's plan.")] = Quota.STANDARD,
    seed: Annotated[int, typer.Option(help="The same seed plays the same day.")] = 7,
    record: Annotated[
        Path | None, typer.Option(help="Write the traffic there, as JSON lines.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures there.")
    ] = None,
) -> None:
    """Starts a local world, pushes a catalogue, plays a shop's day and compares both sides.

    Exit status 0 only if every promise held."""
    if store and record:
        raise typer.BadParameter(
            "--record records the sandbox store this command starts. Start yours with "
            "`tillbridge sandbox bigcommerce --record FILE` instead."
        )
    result = run_demo(
        read_input(products or [], sales),
        account=find_account(store) if store else None,
        quota=quota.value,
        seed=seed,
        record=record,
    )
    show(result)
    if json_file is not None:
        json_file.write_text(json.dumps(result.json(), indent=1), encoding="utf-8")
    raise typer.Exit(0 if result.kept else 1)
