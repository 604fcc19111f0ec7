"""The jobs of a deployment."""

from dataclasses import dataclass

from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.request_plans import DynamoRequestPlans
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.ports.clock import Clock
from tillbridge.ports.jobs import Jobs
from tillbridge.ports.read_model import Views
from tillbridge.ports.request_plans import RequestPlans
from tillbridge.ports.stores import Stores


@dataclass(frozen=True, slots=True)
class JobTables:
    """What it takes to say how far jobs are."""

    stores: Stores
    views: Views
    jobs: Jobs
    plans: RequestPlans
    clock: Clock


def job_tables(target: Target) -> JobTables:
    """Return where a deployment keeps its jobs."""
    client, names, clock = target.client("dynamodb"), target.outputs, SystemClock()
    stores = names["stores_table"]
    return JobTables(
        stores=DynamoStores(client, stores),
        views=DynamoReadModel(client, names["read_model_table"]),
        jobs=DynamoJobs(client, stores, names["pending_table"], names["history_table"]),
        plans=DynamoRequestPlans(client, stores, clock),
        clock=clock,
    )
