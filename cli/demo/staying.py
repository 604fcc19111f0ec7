"""The end of a demo: what came of it, and a world that stays up to be looked at."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from cli.demo.drift import Drift, show_drift
from cli.demo.report import Outcome, show
from cli.demo.state import Demo
from cli.deployment.local_world import until_interrupted
from cli.screen.addresses import say_console
from cli.screen.console import console
from sandbox.project import is_installed


def end_with(
    damage: Drift | None, remember: Callable[[Mapping[str, Any]], None] | None
) -> Callable[[Outcome, Demo], None]:
    """Return what ends a demo: it shows the outcome, and what was damaged, if that was played. With `remember`,
    which saves what commands find a world by, the world stays up until Ctrl-C."""

    def end(result: Outcome, demo: Demo) -> None:
        show(result)
        if damage is not None:
            show_drift(damage)
        if remember is None:
            again = "tillbridge demo --stay" if is_installed() else "make demo ARGS=--stay"
            console.print(f"To look at it in a browser: `{again}`.")
            return
        remember(asdict(demo.target))
        say_console(demo.world)
        until_interrupted()

    return end
