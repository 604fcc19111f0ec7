"""`tillbridge up`: run the local world until Ctrl-C."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.cannot_run import WrongArguments
from cli.commands.options import HostOption, JsonOption, NameOption, PosOfAWorld, Quota
from cli.deployment.world import DEFAULT

if TYPE_CHECKING:
    from cli.deployment.pos_side import PosSide

STORE = "demo"


def command(  # noqa: PLR0913, PLR0917 - one parameter per option
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
    pos_url: Annotated[
        str, typer.Option(help="Your own POS's API, to connect the sandbox store to instead.")
    ] = "",
    pos_token_file: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="A file that holds your POS's access token."
        ),
    ] = None,
    pos_sender: Annotated[
        str, typer.Option(help="The source of your POS's events, such as pos.example.")
    ] = "",
    pos: Annotated[
        PosOfAWorld, typer.Option(help="Whose POS the shop has: a vendor's is asked what changed.")
    ] = PosOfAWorld.CONTRACT,
    name: NameOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Run the local world, until Ctrl-C.

    It has a local AWS, a POS cloud with the demo catalogue, and a BigCommerce sandbox store. With another name a
    second one runs beside it, which commands find with --world."""
    from cli.deployment.local_world import connect_world, sandbox_account, until_interrupted
    from cli.deployment.ports import FIRST, free_ports, need_ports
    from cli.deployment.watching import NewLines
    from cli.deployment.world import own_world
    from cli.pos.local import connect_vendors_world
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

    if pos.vendor and (pos_url or pos_token_file or pos_sender):
        raise WrongArguments("--pos-url is of a POS of your own, and --pos of the world's.")
    own = own_pos(pos_url, pos_token_file, pos_sender)
    with own_world(name) as remember:
        first = port_base
        if first is None:
            first = FIRST if name == DEFAULT else free_ports(host)
        if first:
            need_ports(host, first)
        port = first + 2 if first else 0
        server = StoreServer(port, host=host, config=StoreConfig(quota=quota.value))
        with start_world(
            STORE, store=server, host=host, port_base=first, say=say, vendor=pos.vendor
        ) as world:
            if own is None:
                world.pos.cloud.load(demo_products())
            account = sandbox_account(STORE, server)
            target = (
                connect_vendors_world(world, account, server.token, pos.vendor)
                if pos.vendor
                else connect_world(world, account, server.token, own)
            )
            remember({**asdict(target), "host": host})
            say_world(target, world, server, own, "" if name == DEFAULT else name)
            if as_json:
                print_json_line(world_json(target, world, server, own))
            lines = NewLines(target, [StoreId(STORE)])
            until_interrupted(lambda: say_happenings(lines.look(), as_json=as_json))
    console.print("The local world has ended.")


def own_pos(address: str, token_file: Path | None, sender: str) -> "PosSide | None":
    """Return a person's own POS for a local world, or None when nothing is said of one.

    It is asked at once, before a world is started in vain. Raise CannotRun when it does not answer, and
    WrongArguments for an address without a token file, or the other way round."""
    from cli.deployment.both_sides import ask_pos
    from cli.deployment.home import read_token
    from cli.deployment.pos_side import PosSide

    if not address and token_file is None:
        if sender:
            raise WrongArguments("--pos-sender is of a POS of your own: give --pos-url too.")
        return None
    if not address or token_file is None:
        raise WrongArguments("Give both --pos-url and --pos-token-file.")
    token = read_token(token_file)
    ask_pos(address, token)
    return PosSide(address.rstrip("/"), token, sender)
