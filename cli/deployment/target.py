"""The deployment that a command works on: the running local world, or a deployed stack."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from cli.cannot_run import CannotRun
from cli.deployment.stack import need_fitting_keys, why_no_stack
from cli.deployment.where import Where, where
from cli.deployment.world import living_worlds, the_world
from cli.notices import notices
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
from tillbridge.adapters.dynamodb.removals import DynamoRemovals
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.domain.errors import RetryLater
from tillbridge.version import VERSION


class Outputs(dict[str, str]):
    """The outputs of a stack. One that is not there is that of another version."""

    def __missing__(self, name: str) -> str:
        raise CannotRun(
            f"The deployment has no output '{name}': its version is not that of this command line. Deploy this "
            "version, or install the command line of that one."
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A deployment: its stack's outputs, named in snake case; no `endpoint_url` means real AWS, in `region`, with
    the credentials of `profile`, where they are not those of the environment."""

    outputs: Mapping[str, str]
    endpoint_url: str | None = None
    profile: str = ""
    region: str = ""

    def client(self, service: str) -> Any:
        """Return the boto3 client of a service, made once, for making one takes 0.25 s."""
        return _client(service, self.endpoint_url, self.profile, self.region)

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
    def removals(self) -> DynamoRemovals:
        """The stores that were removed."""
        stores, counters = self.outputs["stores_table"], self.outputs["counters_table"]
        return DynamoRemovals(self.client("dynamodb"), stores, counters)

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
def _session(endpoint_url: str | None, profile: str, region: str) -> boto3.Session:
    if endpoint_url is not None:
        from sandbox.aws.server import REGION  # noqa: PLC0415 - a deployed stack needs no sandbox
        from sandbox.aws.session import local_session  # noqa: PLC0415 - as above

        return local_session(REGION)
    return boto3.Session(profile_name=profile or None, region_name=region or None)


@cache
def _client(service: str, endpoint_url: str | None, profile: str, region: str) -> Any:
    session: Any = _session(endpoint_url, profile, region)
    return session.client(service, endpoint_url=endpoint_url)


def find_target(stack: str = "") -> Target | None:
    """Return the stack or the local world that the options or the environment name, else the world that runs, or
    None.

    Raise CannotRun for a world that does not answer or has another name, and for a stack that cannot be read."""
    meant = where(stack)
    if meant.stack:
        return _deployed(meant)
    found = the_world(meant.world)
    if found is None:
        if meant.world:
            raise CannotRun(_no_such_world(meant.world))
        return None
    target = Target(Outputs(found.outputs), found.endpoint_url)
    try:
        target.stores.all()
    except (BotoCoreError, ClientError, OSError, RetryLater) as problem:
        raise CannotRun(
            f"The local world at {found.endpoint_url} does not answer. Wait a little; or end it with Ctrl-C, and "
            "start `tillbridge up` again."
        ) from problem
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


def _no_such_world(name: str) -> str:
    running = ", ".join(living_worlds()) or "none"
    return f"No local world '{name}' is running. Start it with `tillbridge up --name {name}`. Running: {running}."


def _deployed(meant: Where) -> Target:
    try:
        keys = _session(None, meant.profile, meant.region).get_credentials()
        reader = _client("cloudformation", None, meant.profile, meant.region)
        need_fitting_keys(keys, reader.meta.endpoint_url)
        found = reader.describe_stacks(StackName=meant.stack)["Stacks"][0]
    except (BotoCoreError, ClientError) as problem:
        raise CannotRun(why_no_stack(meant, problem)) from problem
    outputs = Outputs({_snake(o["OutputKey"]): o["OutputValue"] for o in found.get("Outputs", [])})
    if "stores_table" not in outputs:
        raise CannotRun(
            f"The stack '{meant.stack}' is none of Tillbridge, or it was never deployed whole: it is "
            f"{found['StackStatus']}, and has no output StoresTable."
        )
    if words := other_release(meant.stack, outputs):
        notices.append(words)
    return Target(outputs, None, meant.profile, meant.region)


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


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
