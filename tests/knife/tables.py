"""The same worlds on real tables: DynamoDB in the embedded AWS, with tables made from
template.yaml."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from botocore.config import Config

from sandbox.aws.package import load_template
from sandbox.aws.server import start_aws
from tests.real_pending import RealPending
from tests.world import World
from tillbridge.adapters.aws import TABLES_CONFIG
from tillbridge.adapters.dynamodb.before_images import DynamoBeforeImages
from tillbridge.adapters.dynamodb.call_lines import DynamoCallLines
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.lag_hours import DynamoLagHours
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.usecases.push.slice.history import Kept

TEMPLATE = Path(__file__).parents[2] / "template.yaml"
_OF_CREATION = (
    "AttributeDefinitions",
    "BillingMode",
    "KeySchema",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
)

type Client = Any
"""A DynamoDB client, or something that stands before one."""


@dataclass
class RealTables:
    """Makes worlds whose rows lie in DynamoDB; every world has tables of its own."""

    client: Client
    newest: dict[str, str] = field(default_factory=dict)
    """The name of the table that was made last, by its name in the template."""

    def __post_init__(self) -> None:
        self._resources = load_template(TEMPLATE)["Resources"]

    def world(self, before: Callable[[Client], Client] = lambda client: client) -> World:
        """Return a world; `before` may put something between it and the tables."""
        return self.furnished(World(), before)

    def furnished[W: World](
        self, world: W, before: Callable[[Client], Client] = lambda client: client
    ) -> W:
        """Return a world with its rows in tables of its own."""
        client = before(self.client)
        world.pending = RealPending(client, self.make("PendingTable"), world.link_requests)  # type: ignore[assignment]  # real
        world.links = DynamoLinks(client, self.make("LinksTable"))  # type: ignore[assignment]  # real
        world.read_model = DynamoReadModel(client, self.make("ReadModelTable"))  # type: ignore[assignment]  # real
        stores_table = self.make("StoresTable")
        DynamoStores(self.client, stores_table).save_connection(world.connection)
        world.stores = DynamoStores(client, stores_table)  # type: ignore[assignment]  # real
        history_table = self.make("HistoryTable")
        push = replace(
            world.deps.push,
            pending=world.pending,
            links=world.links,
            read_model=world.read_model,
            stores=world.stores,
            history=Kept(
                DynamoHistory(client, history_table),
                DynamoCallLines(client, history_table),
                world.oversold,
                DynamoLagHours(client, history_table),
            ),
            befores=DynamoBeforeImages(client, stores_table, world.clock),
        )
        world.deps = replace(world.deps, push=push)
        return world

    def make(self, logical_id: str) -> str:
        """Make a table of a kind, and return its name."""
        definition = self._resources[logical_id]["Properties"]
        name = f"{logical_id}-{uuid4().hex}"
        arguments = {key: definition[key] for key in _OF_CREATION if key in definition}
        self.client.create_table(TableName=name, **arguments)
        self.newest[logical_id] = name
        return name


@contextmanager
def real_tables() -> Iterator[RealTables]:
    """Start DynamoDB, and stop it at the end."""
    with start_aws() as aws:
        config = TABLES_CONFIG.merge(Config(max_pool_connections=40))
        client = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url, config=config)
        yield RealTables(client)
        client.close()
