"""`tillbridge freshness`: how long changes take."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption

DAY_HOURS, WEEK_HOURS, MOST_HOURS = 24, 7 * 24, 90 * 24


def command(
    hours: Annotated[
        int | None,
        typer.Option(
            "--hours",
            min=1,
            max=MOST_HOURS,
            help="Only the last so many hours, at most 90 days. Without it: a day, and a week.",
        ),
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Show how long changes take to reach the other side."""
    from cli.deployment.connections import choose
    from cli.deployment.freshness import freshness
    from cli.screen.console import print_json
    from cli.screen.freshness_report import freshness_json, print_freshness

    target, name = choose(stack, store)
    spans = [DAY_HOURS, WEEK_HOURS] if hours is None else [hours]
    found = [(span, freshness(target, name, span)) for span in spans]
    if as_json:
        print_json({"spans": [freshness_json(name, span, lags) for span, lags in found]})
        return
    for span, lags in found:
        print_freshness(name, span, lags)
