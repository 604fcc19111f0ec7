"""The report of `tillbridge demo --web-orders`."""

from typing import NoReturn

import typer

from cli.demo.promises import say_promises
from cli.demo.saturday import STORE, Saturday, play_saturday
from cli.demo.saturday_autopsies import rows_of
from cli.screen.console import console, counted, print_json, table
from cli.screen.freshness_report import print_freshness
from sandbox.saturday.plan import Size


def play_and_show(seed: int, speed: float, *, as_json: bool, hooks: bool) -> NoReturn:
    """Play a Saturday, print what came of it, and exit: with 0 only if every promise held."""
    found = play_saturday(seed, Size(), speed, hooks=hooks)
    show(found)
    if as_json:
        print_json(found.json())
    raise typer.Exit(1 if found.broken else 0)


def show(found: Saturday) -> None:
    """Print the figures, why units were sold twice, and whether every promise held."""
    figures = found.json()
    booked, lag = figures["booked_after_seconds"], figures["lag_seconds"]
    rows: list[tuple[str, object]] = [
        ("orders placed on the web", figures["orders_placed"]),
        ("  booked in the POS once", figures["orders_booked_once"]),
        ("levels set online", figures["levels_set"]),
        ("  oldest view of the orders at one of them", f"{figures['oldest_orders_seconds']:.1f} s"),
        ("unit-seconds online above what was free", f"{figures['unit_seconds_too_high']:,.0f}"),
        ("calls of webhooks", figures["hook_calls"]),
        ("slices killed", figures["slices_killed"]),
        ("calls to BigCommerce", sum(figures["api_calls"].values())),
        ("seconds in all", f"{figures['seconds']:.0f}"),
    ]
    console.print()
    console.print(table("A Saturday", ("", ""), rows))
    fresh = [
        ("from the till to the web", f"{lag['p50']:.1f} s", f"{lag['p95']:.1f} s", ""),
        (
            "from a web order to the POS",
            *(f"{booked[name]:.1f} s" for name in ("p50", "p95", "max")),
        ),
    ]
    console.print(table("How fresh", ("", "median", "95 %", "longest"), fresh))
    print_freshness(STORE, 24, found.lags)
    if figures["oversold"]:
        causes = [(WORDS.get(cause, cause), str(n)) for cause, n in figures["oversold"].items()]
        console.print(table("Sold twice, by the logs of both sides", ("", "units"), causes))
        autopsies = found.autopsies
        columns = ("product", "units", "web order", "by the autopsy", "would have prevented it")
        console.print(table("Unit by unit", columns, rows_of(autopsies)))
        if autopsies.healed:
            units = counted(len(autopsies.healed), "unit")
            console.print(f"{units} more came back before anybody could read that it was missing.")
        console.print("`tillbridge oversell` tells the same of a store that runs.")
        console.print(
            "`python -m benches.saturday` plays Saturdays with web orders off, to compare."
        )
    say_promises(found.broken)


WORDS = {
    "till_after_web": "a till sold what the web had promised",
    "web_after_till": "the web sold before a till's sale showed there",
    "raised_by_store": "BigCommerce had put the unit back on sale",
    "two_web_orders": "BigCommerce took nothing off for an order",
    "put_back": "an order came while a level was being set",
    "order_by_hand": "an order was placed without asking how many there are",
    "order_grew": "the web staff added units to an order",
}
