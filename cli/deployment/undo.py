"""What can be undone of a deployment: which push of each product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.before_images import DynamoBeforeImages
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.ports.before_images import BeforeImages
from tillbridge.ports.history import History
from tillbridge.ports.replaced import Replaced
from tillbridge.usecases.console.planning_undo import newest_push


@dataclass(frozen=True, slots=True)
class _Kept:
    history: History
    befores: BeforeImages
    replaced: Replaced


def befores_of(target: Target) -> DynamoBeforeImages:
    """Return where a deployment keeps what pushes replaced."""
    return DynamoBeforeImages(
        target.client("dynamodb"), target.outputs["stores_table"], SystemClock()
    )


def products_of(target: Target, store: StoreId, job: str) -> list[PosProductId]:
    """Return the products of which a job's push replaced something that is still kept."""
    return [each.product for each in befores_of(target).of_job(store, job)]


def newest_jobs(
    target: Target, store: StoreId, products: Sequence[str], fields: Sequence[str]
) -> Mapping[str, list[str]]:
    """Return products by the job whose push is their newest that can be undone; under '' those whose first push
    after a link is, and those of which nothing is known to undo."""
    client, table = target.client("dynamodb"), target.outputs["stores_table"]
    kept = _Kept(target.history, befores_of(target), DynamoReplaced(client, table, SystemClock()))
    ids = [PosProductId(each) for each in dict.fromkeys(products)]
    links = target.links.get(store, ids)
    found: dict[str, list[str]] = {}
    for each in ids:
        newest = newest_push(kept, store, each, links.get(each), frozenset(fields))
        found.setdefault(newest.job if newest and not newest.made else "", []).append(each)
    return found
