"""`tillbridge up`: the local world until Ctrl-C."""

import signal
import threading
from typing import Annotated

import typer

from cli.commands.sandbox import Quota
from cli.deployment.accounts import Account
from cli.deployment.connect import connect
from cli.deployment.target import Target, forget_world, remember_world
from cli.screen.console import console
from sandbox.bigcommerce.config import StoreConfig
from sandbox.bigcommerce.server import StoreServer
from sandbox.pos.demo_catalogue import demo_products
from sandbox.runner import LocalWorld, start_world

STORE = "demo"


def up(
    host: Annotated[
        str, typer.Option(help="Where to listen; 0.0.0.0 for containers.")
    ] = "127.0.0.1",
    port_base: Annotated[
        int,
        typer.Option(min=0, max=65_533, help="AWS there, POS and store above; 0 takes free ports."),
    ] = 4700,
    quota: Annotated[Quota, typer.Option(help="The sandbox store's plan.")] = Quota.STANDARD,
) -> None:
    """Starts the local world: AWS, a POS cloud with the demo catalogue, a BigCommerce store."""
    port = port_base + 2 if port_base else 0
    store = StoreServer(port, host=host, config=StoreConfig(quota=quota.value))
    with start_world(STORE, store=store, host=host, port_base=port_base, say=_say) as world:
        target = _announce(world, store)
        world.pos.cloud.load(demo_products())
        try:
            _print_addresses(target, world, store)
            _until_interrupted()
        finally:
            forget_world()
    console.print("The local world has ended.")


def _announce(world: LocalWorld, store: StoreServer) -> Target:
    outputs = {name: getattr(world.outputs, name) for name in world.outputs.__dataclass_fields__}
    target = Target(outputs, world.aws.endpoint_url)
    account = Account(STORE, store.store_hash, "", store.api_url)
    connect(target, account, store.token, world.pos.base_url, world.pos.token)
    remember_world(target, {"pos_url": world.pos.base_url, "store_url": store.api_url})
    return target


def _print_addresses(target: Target, world: LocalWorld, store: StoreServer) -> None:
    lines = {
        "AWS": world.aws.endpoint_url,
        "event bus": target.outputs["bus_name"],
        "POS API": world.pos.base_url,
        "its token ": world.pos.token,
        "POS actions": f"{world.pos.base_url}/_sandbox/actions/",
        "BigCommerce": f"{store.api_url}/stores/{store.store_hash}/v3/",
        "its token": store.token,
    }
    for what, where in lines.items():
        console.print(f"{what:<12} {where}", highlight=False, soft_wrap=True)
    console.print(
        "\nTry, in another terminal, after `source .venv/bin/activate`:\n"
        "  tillbridge push --not-linked              create the demo catalogue in the store\n"
        "  tillbridge list                           what is linked, pending or failed, and why\n"
        "  tillbridge put-event events/bus/sale.completed.json\n"
        "  tillbridge verify                         compare both sides, field by field\n"
        "\nCtrl-C ends it.",
        highlight=False,
        soft_wrap=True,
    )


def _say(what: str) -> None:
    console.print(f"… {what}", style="dim", highlight=False)


def _until_interrupted() -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()
