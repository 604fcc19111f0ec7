"""Requests to import, and their outcomes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any

from cli.asking.bus import PRODUCTS_AN_EVENT, put, request
from cli.asking.polling import poll
from cli.counted import counted
from cli.deployment.target import Target
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.domain.ids import StoreId
from tillbridge.ports.imports import Outcome

PATIENCE_S = 300.0


class RequestStuck(Exception):
    """A request makes no progress; the message says how much of it is done."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """A finished request, with the outcome of each product."""

    request: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a request: products found so far, and those with an outcome."""

    found: int
    done: int
    all_found: bool


def import_requests(ids: Iterable[int], narrowed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what to request for these ids or this filter; for neither, an import of everything."""
    parts = [list(part) for part in batched(ids, PRODUCTS_AN_EVENT, strict=False)]
    if parts:
        return [{"bigcommerce_ids": part} for part in parts]
    return [{"filter": dict(narrowed)} if narrowed else {"all": True}]


def run_import(
    target: Target,
    store: StoreId,
    data: Mapping[str, Any],
    watch: Callable[[Progress], None],
) -> ImportRun:
    """Request an import, wait until every product has an outcome, and return them.

    Call `watch` with the progress. Raise RequestStuck when nothing has moved for five minutes."""
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
        f"{now.done:,} of {counted(now.found, 'product')} are done, and nothing has happened for "
        f"{PATIENCE_S:.0f} s. The import continues in the background; the log of the import "
        "function says more."
    )


def progress(imports: DynamoImports, store: StoreId, asked: str) -> Progress:
    """Return the progress of a request."""
    pages = imports.pages(store, asked)
    ended = any(not more for _, more in pages)
    return Progress(sum(found for found, _ in pages), len(imports.outcomes(store, asked)), ended)
