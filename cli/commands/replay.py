"""`tillbridge replay`: tell the POS's events of a time again."""

from typing import Annotated

import typer

from cli.cannot_run import CannotRun, WrongArguments
from cli.commands.options import JsonOption, StackOption


def command(
    since: Annotated[
        str,
        typer.Option(
            "--since",
            help="From when on: '30m', '2h' or '3d' ago, or a time such as 2026-11-21T09:30Z.",
        ),
    ],
    until: Annotated[
        str, typer.Option("--until", help="Up to when; the same forms. Without it: now.")
    ] = "0m",
    as_json: JsonOption = False,
    stack: StackOption = "",
) -> None:
    """Tell the POS's events of a time again, from the archive.

    For when events were lost on our side: a bad release, a rule that was switched off. An event only says
    which products to read in the POS, so one that comes twice does no harm. Nobody's requests to link, unlink or import
    are repeated, and what is replayed counts in no measured delay."""
    from datetime import UTC, datetime

    from cli.asking.replay import replay
    from cli.asking.times import moment
    from cli.deployment.target import need_target
    from cli.screen.console import console, print_json
    from cli.screen.replay_report import replayed_json
    from cli.screen.waiting import may_stop_waiting

    now = datetime.now(UTC)
    begin, end = moment(since, now, "--since"), moment(until, now, "--until")
    if begin >= end:
        raise WrongArguments("--since has to lie before --until.")
    if end > now:
        raise WrongArguments("--until has to lie in the past: what is to come cannot be replayed.")
    target = need_target(stack)
    console.print(
        f"Telling the POS's events again, from {begin:%d %b %H:%M} to {end:%d %b %H:%M} UTC."
    )
    console.print("Ctrl-C ends this command; the replay goes on without it.")
    with may_stop_waiting("list --status pending"):
        done = replay(target, begin, end)
    if done.state != "COMPLETED":
        raise CannotRun(
            f"The replay {done.name} ended {done.state.casefold()}: {done.words or 'no reason given'}."
        )
    if as_json:
        print_json(replayed_json(done, begin, end))
    console.print("Done. `tillbridge list --status pending` shows what is worked on.")
