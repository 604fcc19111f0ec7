"""The lines that a person types to run a function in a container, against the running local world."""

import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from cli.cannot_run import WrongArguments
from cli.sam_local.sam import EVENTS
from sandbox.aws.server import REGION

FIRST = {"intake": "sale.completed", "console": "health", "webhooks": "order.created"}
"""The event of a function that is taken when none is named, where that is not the first in the alphabet."""

CALL_OTHERS = ("import", "orders", "push", "reconcile")
"""The functions that call the store or the POS, at the addresses of the connection."""


def functions() -> list[str]:
    """Return the functions that have golden events."""
    return sorted({path.name.partition(".")[0] for path in EVENTS.glob("*.json")})


def events_of(function: str) -> list[str]:
    """Return the names of a function's golden events, those that it refuses last."""
    names = [
        path.name.removeprefix(f"{function}.").removesuffix(".json")
        for path in EVENTS.glob(f"{function}.*.json")
    ]
    return sorted(names, key=lambda name: (name != FIRST.get(function), "poison" in name, name))


def chosen(function: str, event: str) -> list[Path]:
    """Return the golden events that are meant: one, or without a function one of each function. Raise
    WrongArguments, naming those that there are."""
    if not function:
        return [EVENTS / f"{each}.{events_of(each)[0]}.json" for each in functions()]
    if function not in functions():
        raise WrongArguments(
            f"There is no function '{function}'. There are: {', '.join(functions())}."
        )
    known = events_of(function)
    if event and event not in known:
        raise WrongArguments(
            f"{function} has no golden event '{event}'. It has: {', '.join(known)}."
        )
    return [EVENTS / f"{function}.{event or known[0]}.json"]


def function_of(event: Path) -> str:
    """Return the function that a golden event is of."""
    return event.name.partition(".")[0]


def line(event: Path, template: Path, host: str) -> str:
    """Return the line that invokes the function of a golden event."""
    function = function_of(event)
    words: Sequence[str] = (
        *(_sam(), "local", "invoke", f"{function.capitalize()}Function"),
        *("--template", str(template), "--event", str(event), "--region", REGION),
        *("--add-host", f"host.docker.internal:{host}"),
    )
    return shlex.join(words)


def _sam() -> str:
    # An installed command has SAM beside it, where no shell looks.
    return "sam" if shutil.which("sam") else str(Path(sys.executable).with_name("sam"))
