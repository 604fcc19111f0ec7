"""The end of a demo: what came of it, and a world that stays up to be looked at."""

from collections.abc import Callable
from dataclasses import asdict

from cli.demo.drift import Drift, show_drift
from cli.demo.report import Outcome, show
from cli.demo.state import Demo
from cli.deployment.local_world import until_interrupted
from cli.deployment.world import own_world
from cli.screen.addresses import say_console
from cli.screen.console import console


def end_with(damage: Drift | None, *, stay: bool) -> Callable[[Outcome, Demo], None]:
    """Return what ends a demo: it shows the outcome, and what was damaged, if that was played. With `stay` the
    world stays up until Ctrl-C, where commands find it; that raises CannotRun when another world runs in this
    home."""

    def end(result: Outcome, demo: Demo) -> None:
        show(result)
        if damage is not None:
            show_drift(damage)
        if not stay:
            console.print("To look at it in a browser: `make demo ARGS=--stay`.")
            return
        with own_world() as remember:
            remember(asdict(demo.target))
            say_console(demo.world)
            until_interrupted()

    return end
