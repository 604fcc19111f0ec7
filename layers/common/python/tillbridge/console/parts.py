"""What the console is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.console.routes import ROUTES
from tillbridge.console.visit import Route
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.entry import EntryDeps


@dataclass(frozen=True, slots=True)
class Console:
    """What answers: the use cases' ports, how people come in, and the pages there are."""

    deps: ConsoleDeps
    entry: EntryDeps
    routes: Sequence[Route] = ROUTES
