"""`tillbridge up`: run the local world until Ctrl-C."""

from dataclasses import asdict
from typing import Annotated

import typer

from cli.commands.options import JsonOption, Quota

STORE = "demo"


def command(
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 lets containers in.")
    ] = "127.0.0.1",
    port_base: Annotated[
        int,
        typer.Option(
            min=0,
            max=65_531,
            help="AWS takes this port, the next four: POS, store, the door for browsers and webhooks, and who signs in. 0: any free ports.",
        ),
    ] = 4700,
    quota: Annotated[
        Quota, typer.Option(help="The sandbox store's plan, which sets its quota.")
    ] = Quota.STANDARD,
    as_json: JsonOption = False,
) -> None:
    """Run the local world, until Ctrl-C.

    A home has one world: a second one needs another TILLBRIDGE_HOME and other ports. It has a local AWS, a POS cloud with the demo catalogue, and a BigCommerce sandbox store."""
    from cli.deployment.local_world import connect_world, sandbox_account, until_interrupted
    from cli.deployment.watching import NewLines
    from cli.deployment.world import own_world
    from cli.screen.addresses import say_world, world_json
    from cli.screen.console import console, print_json_line
    from cli.screen.happening import say_happenings
    from sandbox.bigcommerce.server.server import StoreServer
    from sandbox.bigcommerce.state.config import StoreConfig
    from sandbox.pos.demo_catalogue import demo_products
    from sandbox.runner import start_world
    from tillbridge.domain.ids import StoreId

    def say(step: str) -> None:
        console.print(f"… {step}", style="dim")

    port = port_base + 2 if port_base else 0
    with own_world() as remember:
        server = StoreServer(port, host=host, config=StoreConfig(quota=quota.value))
        with start_world(STORE, store=server, host=host, port_base=port_base, say=say) as world:
            target = connect_world(world, sandbox_account(STORE, server), server.token)
            remember(asdict(target))
            world.pos.cloud.load(demo_products())
            say_world(target, world, server)
            if as_json:
                print_json_line(world_json(target, world, server))
            lines = NewLines(target, [StoreId(STORE)])
            until_interrupted(lambda: say_happenings(lines.look(), as_json=as_json))
    console.print("The local world has ended.")
