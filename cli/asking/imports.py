"""Requests to import, and their outcomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cli.asking.bus import put, request
from cli.asking.polling import poll
from cli.deployment.target import Target
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.domain.ids import StoreId
from tillbridge.ports.imports import Outcome

PATIENCE_S = 300.0


class RequestStuck(Exception):
    """A request does not go on; the message says how far it came."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """A request that is done, with the outcome of each product."""

    request: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a request is: products found so far, and those with an outcome."""

    found: int
    done: int
    all_found: bool


def run_import(
    target: Target,
    store: StoreId,
    data: Mapping[str, Any],
    watch: Callable[[Progress], None],
) -> ImportRun:
    """Request an import and wait until every product has an outcome; `watch` sees the progress.

    Raise RequestStuck when nothing has moved for five minutes."""
    entry = request("import.requested", store, data)
    put(target, [entry])
    asked = entry["detail"]["metadata"]["event_id"]
    imports = target.imports
    for now in poll(lambda: progress(imports, store, asked), PATIENCE_S, _stuck):
        watch(now)
        if now.all_found and now.done >= now.found:
            break
    outcomes = sorted(imports.outcomes(store, asked), key=lambda each: each.web)
    return ImportRun(asked, tuple(outcomes))


def _stuck(now: Progress) -> RequestStuck:
    return RequestStuck(
        f"{now.done} of {now.found} products are done and nothing has moved for "
        f"{PATIENCE_S:.0f} s. It goes on by itself; look at the log of import."
    )


def progress(imports: DynamoImports, store: StoreId, asked: str) -> Progress:
    """Return how far a request is."""
    pages = imports.pages(store, asked)
    ended = any(not more for _, more in pages)
    return Progress(sum(found for found, _ in pages), len(imports.outcomes(store, asked)), ended)
