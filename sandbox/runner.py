"""The local world: the shipped template on a local AWS, a POS cloud and a BigCommerce store."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from sandbox.aws.build import build
from sandbox.aws.deploy import deploy
from sandbox.aws.door import Door
from sandbox.aws.outputs import StackOutputs
from sandbox.aws.server import LocalAws, start_aws
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.judge import judge
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.people.server import PeopleServer
from sandbox.pos.bus import BusPublisher
from sandbox.pos.claim_check import S3Objects
from sandbox.pos.publisher import Entry, ListPublisher, Publisher
from sandbox.pos.server import PosServer

CLIENT_ID = "console"
"""What the local issuer calls the console."""

type Say = Callable[[str], None]


@dataclass(slots=True)
class CountingPublisher:
    """A publisher that passes events on to the bus and keeps them for a demo's figures."""

    bus: Publisher
    entries: list[Entry] = field(default_factory=list)

    def publish(self, entries: list[Entry]) -> None:
        """Publish the entries, then keep them. Raises PublishError."""
        self.bus.publish(entries)
        self.entries.extend(entries)


@dataclass(slots=True)
class LocalWorld:
    """Everything that runs locally, until exit. `own_store` is None if another store is used."""

    aws: LocalAws
    outputs: StackOutputs
    door: Door
    people: PeopleServer
    pos: PosServer
    events: CountingPublisher
    own_store: StoreServer | None
    _stack: ExitStack

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()


def start_world(
    store_id: str,
    *,
    store: StoreServer | None,
    host: str = "127.0.0.1",
    port_base: int = 0,
    say: Say = lambda _: None,
    vendor: str = "",
) -> LocalWorld:
    """Start everything; if a part fails to start, stop those already running. `vendor`: whose POS the shop has,
    "lightspeed", or "" for one that keeps Tillbridge's contract.

    `port_base`: the port of AWS; the POS takes the next one, the store the one after, then the door
    for what comes from outside, and the issuer of its people. 0 takes free ports. `store` is started if it is given.
    """
    stack = ExitStack()
    try:
        say("building the functions and their layer (sam build)")
        built = build()
        say("starting the local AWS")
        aws = stack.enter_context(start_aws(host, port_base))
        if store is not None:
            say("starting the BigCommerce sandbox store")
            stack.enter_context(store)
        say("deploying template.yaml")
        door = stack.enter_context(Door(host, port_base + 3 if port_base else 0))
        people = stack.enter_context(
            PeopleServer(
                CLIENT_ID, f"{door.address}/sign-in/back", port_base + 4 if port_base else 0, host
            )
        )
        outputs = deploy(
            aws,
            built,
            {
                "HooksAddress": door.address,
                "ConsoleIssuer": people.address,
                "ConsoleClientId": CLIENT_ID,
                "ConsoleUrl": door.address,
                **({"VendorPos": "yes"} if vendor else {}),
                **({} if store is None else {"BigCommerceUrl": store.api_url}),
            },
        )
        at = aws.endpoint_url
        door.open(at, {"/hooks/": outputs.hooks_api_id, "/": outputs.console_api_id})
        say("starting the POS cloud")
        shop_port = port_base + 1 if port_base else 0
        if vendor:
            events, pos = _of_a_vendor(shop_port, store_id, host)
        else:
            events, pos = _by_contract(shop_port, store_id, host, aws, outputs)
        pos.cloud.judge = judge
        stack.enter_context(pos)
        return LocalWorld(aws, outputs, door, people, pos, events, store, stack)
    except BaseException:
        stack.close()
        raise


def _by_contract(
    port: int, store_id: str, host: str, aws: LocalAws, outputs: StackOutputs
) -> tuple[CountingPublisher, PosServer]:
    at = aws.endpoint_url
    bus = BusPublisher(aws.session().client("events", endpoint_url=at), outputs.bus_name)
    s3 = S3Objects(aws.session().client("s3", endpoint_url=at), outputs.claim_bucket_name)
    events = CountingPublisher(bus)
    return events, PosServer(port, events, [store_id], host=host, objects=s3)


def _of_a_vendor(port: int, store_id: str, host: str) -> tuple[CountingPublisher, PosServer]:
    """Return a shop whose POS puts nothing on the bus: what happened in it is only counted."""
    events = CountingPublisher(ListPublisher())
    return events, LightspeedServer(port, host=host, publisher=events, store_ids=[store_id])
