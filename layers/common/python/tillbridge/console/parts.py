"""What the console is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tillbridge.console.routes import ROUTES
from tillbridge.console.visit import Route
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.entry import EntryDeps


@dataclass(frozen=True, slots=True)
class Console:
    """What answers: the use cases' ports, which many calls do not need, how people come in, and the pages."""

    deps: Callable[[], ConsoleDeps]
    entry: EntryDeps
    routes: Sequence[Route] = ROUTES
