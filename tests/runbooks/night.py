"""A local world at night: its figures as the functions wrote them, its alarms, and somebody who types what the page says.

Hours pass by the clock of the sweep alone, which is called here with one that is ahead; everything else runs as it
is deployed, by itself."""

import importlib
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.deployment.local_world import connect_world, sandbox_account
from cli.deployment.target import Target
from cli.deployment.world import own_world
from cli.main import app
from sandbox.aws.package import load_template
from sandbox.bigcommerce.lab.control_client import Control
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.cloud import PosCloud
from sandbox.pos.inputs import ProductInput
from sandbox.runner import LocalWorld, start_world
from tests.fakes.canary_bus import FakeCanaryBus
from tests.handlers.conftest import Context
from tests.runbooks.alarm import Figures, rings
from tillbridge.adapters.dynamodb.leftovers import DynamoLeftovers, TableNames
from tillbridge.adapters.dynamodb.pending_scan import DynamoPendingScan
from tillbridge.adapters.dynamodb.removals import DynamoRemovals
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.ports.clock import Clock
from tillbridge.usecases.delete_leftovers import LeftoverDeps
from tillbridge.usecases.sweep import SweepDeps

ROOT = Path(__file__).parents[2]
TEMPLATE = load_template(ROOT / "template.yaml")
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
STORE = StoreId("demo")
PRODUCTS = 6
PATIENCE_S = 40.0
MINUTE_MS = 60_000

type Json = dict[str, Any]


@dataclass(frozen=True)
class Ahead:
    """A clock that is so far ahead of this machine's."""

    ms: int = 0

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self.ms

    def sleep(self, seconds: float) -> None:
        raise AssertionError(f"nobody waits here, {seconds} s")


@dataclass
class Night:
    """A world in which products are linked, and what is known of it at night."""

    world: LocalWorld
    target: Target
    web: Control
    monkeypatch: pytest.MonkeyPatch
    figures: Figures = field(default_factory=Figures)
    logs_read: dict[str, int] = field(default_factory=dict)

    # --- what happens --------------------------------------------------------------------------------

    @property
    def pos(self) -> PosCloud:
        return self.world.pos.cloud

    def sells(self, product: str) -> None:
        """Sell one piece in the shop."""
        self.pos.sell([{"product_id": product, "quantity": 1}])

    def online(self, product: str) -> int:
        """Return the level that the web shows of a product."""
        number = self.target.links.get(STORE, [PosProductId(product)])[PosProductId(product)].id
        (shown,) = [each for each in self.web.snapshot()["products"] if each["id"] == number]
        return int(shown["inventory_level"])

    def in_the_shop(self, product: str) -> int:
        """Return what the shop has of a product."""
        return sum(int(level.on_hand) for level in self.pos.catalogue.get(product).stock)

    def state(self) -> StoreState:
        connection = self.target.stores.find(STORE)
        assert connection is not None
        return connection.state

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until the world's own functions did something."""
        ends = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < ends, f"not within {PATIENCE_S} s: {what}"
            time.sleep(0.1)  # functions in other processes work; nothing here can be waited on

    def until_in_step(self, product: str) -> None:
        self.until(
            lambda: self.online(product) == self.in_the_shop(product),
            f"{product} is as in the shop",
        )

    # --- what is measured ----------------------------------------------------------------------------

    def _leftovers(self, clock: Clock) -> LeftoverDeps:
        dynamodb, outputs = self.target.client("dynamodb"), self.target.outputs
        names = TableNames(
            **{each.name: outputs.get(f"{each.name}_table", "") for each in fields(TableNames)}
        )
        removals = DynamoRemovals(dynamodb, names.stores, names.counters)
        return LeftoverDeps(
            removals, DynamoLeftovers(dynamodb, names, clock), self.target.store_list, clock
        )

    def sweeps(self, minutes_ahead: float = 0) -> int:
        """Sweep at a time from now; read what the function writes, and return when that was (epoch ms)."""
        clock = Ahead(round(minutes_ahead * MINUTE_MS))
        target = self.target
        deps = SweepDeps(
            DynamoPendingScan(target.client("dynamodb"), target.outputs["pending_table"]),
            target.store_list,
            target.signals,
            target.order_signals,
            clock,
            FakeCanaryBus(),
            self._leftovers(clock),
        )
        handler = importlib.import_module("functions.sweep.app")
        said = io.StringIO()
        with self.monkeypatch.context() as patch, redirect_stdout(said):
            patch.setattr(handler, "sweep_dependencies", lambda: deps)
            patch.setattr(handler, "polling_dependencies", lambda: None)
            try:
                handler.handler({}, Context())
            except RetryLater:
                pytest.fail("the sweep could not see everything")
        at_ms = clock.now_ms()
        assert self.figures.read(said.getvalue().splitlines(), at_ms) > 0
        return at_ms

    def reads_log(self, function: str) -> int:
        """Read the figures that a deployed function wrote since the last look, and return how many."""
        group = f"/aws/lambda/{self.target.outputs[f'{function}_function_name']}"
        pages = (
            self.target.client("logs")
            .get_paginator("filter_log_events")
            .paginate(logGroupName=group)
        )
        lines = [
            line
            for page in pages
            for event in page["events"]
            for line in str(event["message"]).splitlines()
        ]
        before = self.logs_read.get(function, 0)
        self.logs_read[function] = len(lines)
        return self.figures.read(lines[before:])

    def when(self, figure: str) -> int:
        """Return when a figure was written last (epoch ms)."""
        return max(each.at_ms for each in self.figures.values if each.name[1] == figure)

    def named(self) -> set[str]:
        """Return the names of the figures that were written."""
        return {each.name[1] for each in self.figures.values}

    def messages(self, queue: str) -> int:
        """Return how many messages lie in a queue, or are worked on; `queue` by its name in the template."""
        output = re.sub(r"(?<!^)([A-Z])", r"_\1", queue).lower() + "_url"
        asked = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.target.client("sqs").get_queue_attributes(
            QueueUrl=self.target.outputs[output], AttributeNames=asked
        )["Attributes"]
        return sum(int(each) for each in found.values())

    def counts_messages(self, queue: str, at_ms: int) -> None:
        """Measure a queue as SQS does for CloudWatch."""
        of = {"QueueName": {"Fn::GetAtt": [queue, "QueueName"]}}
        name = "ApproximateNumberOfMessagesVisible"
        self.figures.add("AWS/SQS", name, of, at_ms, self.messages(queue))

    def rings(self, alarm: str, at_ms: int) -> bool:
        """Return whether an alarm of the template rings at a time (epoch ms)."""
        said = TEMPLATE["Resources"][alarm]["Properties"]
        return rings(said, self.figures, at_ms, TEMPLATE["Parameters"])

    # --- who was woken -------------------------------------------------------------------------------

    def types(self, line: str, store: str = "") -> str:
        """Type a command, and return what it prints; `store`: which one is meant where several are connected."""
        words = line.split()
        assert words[0] == "tillbridge"
        if store and words[1:] not in (["store", "list"], ["dead-letters"]):
            words += ["--store", store]
        done = CliRunner(env={"COLUMNS": "200"}).invoke(app, words[1:])
        assert done.exit_code == 0, (line, done.output, done.exception)
        return done.output


def to_type(alarm: str, **words: str) -> list[str]:
    """Return the commands that the page says to type first when an alarm rings, with something for the words in
    capitals."""
    section = PAGE.partition(f"\n### {alarm}\n")[2].partition("\n### ")[0]
    lines = section.partition("```sh\n")[2].partition("```")[0].splitlines()
    assert lines, f"the page says nothing to type for {alarm}"
    return [" ".join(words.get(word, word) for word in line.split()) for line in lines]


@contextmanager
def a_night(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Night]:
    """Start a world with a store and a POS in which all products are linked and compared."""
    monkeypatch.setenv("TILLBRIDGE_HOME", str(folder))
    monkeypatch.delenv("TILLBRIDGE_STACK", raising=False)
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "sweep")
    from tillbridge.observability import metrics  # which another test may have made before

    monkeypatch.setattr(metrics, "namespace", "Tillbridge")
    monkeypatch.setattr(metrics, "service", "sweep")
    store = StoreServer(quota="none", stock_delay_ms=0)
    with (
        own_world() as remember,
        start_world(STORE, store=store) as world,
        closing(store.control) as web,
    ):
        target = connect_world(world, sandbox_account(STORE, store), store.token)
        remember(asdict(target))
        world.pos.cloud.load(a_product(number) for number in range(PRODUCTS))
        night = Night(world, target, web, monkeypatch)
        night.types("tillbridge push --not-linked")
        night.types("tillbridge reconcile --full")
        yield night


def a_product(number: int) -> ProductInput:
    made: Json = {
        "id": f"p-{number}",
        "name": f"Night lamp {number}",
        "sku": f"LAMP-{number}",
        "price": "10.00",
        "stock": {"o-main": "9"},
    }
    return ProductInput.model_validate(made)


def forget_everything(target: Target, table: str) -> int:
    """Delete every item of a table, as a wrong restore does, and return how many there were."""
    client, name = target.client("dynamodb"), target.outputs[table]
    found = [
        {key: item[key] for key in ("pk", "sk")}
        for page in client.get_paginator("scan").paginate(TableName=name)
        for item in page["Items"]
    ]
    for key in found:
        client.delete_item(TableName=name, Key=key)
    return len(found)


def as_json(said: str) -> Json:
    found: Json = json.loads(said)
    return found
