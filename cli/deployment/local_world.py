"""The local world as a deployment, with its sandbox store connected."""

import signal
import threading
from collections.abc import Callable

from cli.deployment.accounts import Account
from cli.deployment.connect import connect
from cli.deployment.pos_side import PosSide
from cli.deployment.target import Target
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.runner import LocalWorld


def sandbox_account(name: str, store: StoreServer) -> Account:
    """Return the account of a sandbox store, whose token is not in a file."""
    return Account(name, store.store_hash, "", store.api_url)


def connect_world(
    world: LocalWorld, account: Account, token: str, pos: PosSide | None = None
) -> Target:
    """Connect a store to a POS, the world's if none is given, and return the deployment."""
    target = deployed(world)
    connect(target, account, token, pos or PosSide(world.pos.base_url, world.pos.token))
    return target


def deployed(world: LocalWorld) -> Target:
    """Return a world as a deployment. An output that is not there, as none of polls is without a vendor's POS, is left
    out."""
    told = {each: getattr(world.outputs, each) for each in world.outputs.__dataclass_fields__}
    outputs = {name: value for name, value in told.items() if value}
    return Target(outputs, world.aws.endpoint_url)


def until_interrupted(
    every_second: Callable[[], None] = lambda: None,
) -> None:
    """Wait for Ctrl-C or SIGTERM, and call `every_second` meanwhile."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    while not ended.wait(1):
        every_second()
