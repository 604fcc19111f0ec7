"""`tillbridge up`: run the local world until Ctrl-C."""

from dataclasses import asdict
from typing import Annotated

import typer

from cli.commands.options import HostOption, NameOption, Quota
from cli.deployment.world import DEFAULT

STORE = "demo"


def command(
    host: HostOption = "127.0.0.1",
    port_base: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65_531,
            help="AWS takes this port, the next four: POS, store, the door for browsers and webhooks, and who signs in. 0: any free ports. Not given: 4700, for a world with a name the first that are free.",
        ),
    ] = None,
    quota: Annotated[
        Quota, typer.Option(help="The sandbox store's plan, which sets its quota.")
    ] = Quota.STANDARD,
    name: NameOption = DEFAULT,
) -> None:
    """Run the local world, until Ctrl-C.

    It has a local AWS, a POS cloud with the demo catalogue, and a BigCommerce sandbox store. With another name a
    second one runs beside it, which commands find with --world."""
    from cli.deployment.local_world import connect_world, sandbox_account, until_interrupted
    from cli.deployment.ports import FIRST, free_ports, need_ports
    from cli.deployment.watching import NewLines
    from cli.deployment.world import own_world
    from cli.screen.addresses import say_world
    from cli.screen.console import console
    from cli.screen.happening import say_happenings
    from sandbox.bigcommerce.server.server import StoreServer
    from sandbox.bigcommerce.state.config import StoreConfig
    from sandbox.pos.demo_catalogue import demo_products
    from sandbox.runner import start_world
    from tillbridge.domain.ids import StoreId

    def say(step: str) -> None:
        console.print(f"… {step}", style="dim")

    with own_world(name) as remember:
        first = port_base
        if first is None:
            first = FIRST if name == DEFAULT else free_ports(host)
        if first:
            need_ports(host, first)
        port = first + 2 if first else 0
        server = StoreServer(port, host=host, config=StoreConfig(quota=quota.value))
        with start_world(STORE, store=server, host=host, port_base=first, say=say) as world:
            target = connect_world(world, sandbox_account(STORE, server), server.token)
            remember(asdict(target))
            world.pos.cloud.load(demo_products())
            say_world(target, world, server, "" if name == DEFAULT else name)
            lines = NewLines(target, [StoreId(STORE)])
            until_interrupted(lambda: say_happenings(lines.look()))
    console.print("The local world has ended.")
