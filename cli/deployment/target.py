"""The deployment that a command works on: the running local world, or a deployed stack."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from cli.cannot_run import CannotRun
from cli.deployment.world import forget_dead_world, saved_world
from cli.notices import notices
from sandbox.aws.server import REGION
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.call_lines import DynamoCallLines
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.adapters.dynamodb.lag_hours import DynamoLagHours
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.order_list import DynamoOrderList
from tillbridge.adapters.dynamodb.oversold import DynamoOversold
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.version import VERSION


@dataclass(frozen=True, slots=True)
class Target:
    """A deployment: its stack's outputs, named in snake case; no `endpoint_url` means real AWS."""

    outputs: Mapping[str, str]
    endpoint_url: str | None = None

    def client(self, service: str) -> Any:
        """Return the boto3 client of a service, made once, for making one takes 0.25 s."""
        return _client(service, self.endpoint_url)

    @property
    def stores(self) -> DynamoStores:
        """The connected stores."""
        return DynamoStores(self.client("dynamodb"), self.outputs["stores_table"])

    @property
    def links(self) -> DynamoLinks:
        """The links."""
        return DynamoLinks(self.client("dynamodb"), self.outputs["links_table"])

    @property
    def pending(self) -> DynamoPending:
        """The pending rows."""
        return DynamoPending(self.client("dynamodb"), self.outputs["pending_table"])

    @property
    def read_model(self) -> DynamoReadModel:
        """The read model, which the views list."""
        return DynamoReadModel(self.client("dynamodb"), self.outputs["read_model_table"])

    @property
    def listing(self) -> DynamoListing:
        """The lists of the read model."""
        outputs = self.outputs
        tables = outputs["read_model_table"], outputs["pending_table"]
        return DynamoListing(self.client("dynamodb"), *tables)

    @property
    def imports(self) -> DynamoImports:
        """The imports and their outcomes."""
        counters, stores = self.outputs["counters_table"], self.outputs["stores_table"]
        return DynamoImports(self.client("dynamodb"), counters, stores, SystemClock())

    @property
    def order_book(self) -> DynamoOrderBook:
        """The book of web orders."""
        table = self.outputs["orders_table"]
        return DynamoOrderBook(self.client("dynamodb"), table, SystemClock())

    @property
    def order_list(self) -> DynamoOrderList:
        """The web orders, as lists."""
        return DynamoOrderList(self.client("dynamodb"), self.outputs["orders_table"])

    @property
    def history(self) -> DynamoHistory:
        """What happened to each product."""
        return DynamoHistory(self.client("dynamodb"), self.outputs["history_table"])

    @property
    def call_lines(self) -> DynamoCallLines:
        """The calls that slices made, and what each slice did."""
        return DynamoCallLines(self.client("dynamodb"), self.outputs["history_table"])

    @property
    def lag_hours(self) -> DynamoLagHours:
        """How long changes took, by hour."""
        return DynamoLagHours(self.client("dynamodb"), self.outputs["history_table"])

    @property
    def oversold(self) -> DynamoOversold:
        """The debts that were noticed."""
        return DynamoOversold(self.client("dynamodb"), self.outputs["orders_table"])

    @property
    def store_list(self) -> DynamoStoreList:
        """The list of stores."""
        return DynamoStoreList(self.client("dynamodb"), self.outputs["stores_table"])

    @property
    def signals(self) -> SqsSignals:
        """The signals that start a store's work."""
        line, wakes = self.outputs["store_work_queue_url"], self.outputs["wakes_queue_url"]
        return SqsSignals(self.client("sqs"), line, wakes)

    @property
    def order_signals(self) -> SqsSignals:
        """The signals that start telling a store's POS of web orders."""
        line, wakes = self.outputs["orders_queue_url"], self.outputs["wakes_queue_url"]
        return SqsSignals(self.client("sqs"), line, wakes, "orders")


@cache
def _client(service: str, endpoint_url: str | None) -> Any:
    session: Any = (
        boto3.Session()
        if endpoint_url is None
        else boto3.Session("local", "local", region_name=REGION)
    )
    return session.client(service, endpoint_url=endpoint_url)


def find_target(stack: str = "") -> Target | None:
    """Return the stack named here or in TILLBRIDGE_STACK, else the running local world or None.

    Raise CannotRun for a world that does not answer, and for a stack or file that cannot be read."""
    name = stack or os.environ.get("TILLBRIDGE_STACK", "")
    if name:
        return _deployed(name)
    known = saved_world()
    if known is None:
        return None
    target = Target(known.get("outputs") or {}, known.get("endpoint_url"))
    try:
        target.stores.all()
    except (BotoCoreError, ClientError, OSError, KeyError):
        forget_dead_world()
        return None
    return target


def need_target(stack: str = "") -> Target:
    """Return what `find_target` returns. Raise CannotRun, with what to do, for None."""
    target = find_target(stack)
    if target is None:
        raise CannotRun(
            "No local world is running and no stack is named. Start one with `tillbridge up`, or "
            "name a deployed stack with --stack or TILLBRIDGE_STACK."
        )
    return target


def _deployed(name: str) -> Target:
    try:
        found = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    except (BotoCoreError, ClientError) as problem:
        raise CannotRun(f"The stack '{name}' cannot be read: {problem}") from problem
    outputs = {
        "".join(f"_{c.lower()}" if c.isupper() else c for c in o["OutputKey"]).lstrip("_"): o[
            "OutputValue"
        ]
        for o in found.get("Outputs", [])
    }
    if words := other_release(name, outputs):
        notices.append(words)
    return Target(outputs)


def other_release(stack: str, outputs: Mapping[str, str]) -> str:
    """Return what people read when a stack and this command line are of two releases, "" when of one. The
    first release named none."""
    there = outputs.get("version", "0.1.0")
    if there == VERSION:
        return ""
    return (
        f"The stack '{stack}' has Tillbridge {there}, and this command line is {VERSION}. Use the same "
        "release for both: what the newer one saves, the older one may not read."
    )
