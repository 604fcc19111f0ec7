"""`tillbridge sandbox lightspeed`: run only the simulator of a vendor's POS."""

from typing import Annotated

import typer

from cli.commands.options import HostOption, JsonOption, RecordOption


def command(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port to listen on; 0 takes any free one.")
    ] = 0,
    registers: Annotated[
        int, typer.Option(min=1, max=1_000, help="Registers of the account, which set its quota.")
    ] = 1,
    record: RecordOption = None,
    host: HostOption = "127.0.0.1",
    as_json: JsonOption = False,
) -> None:
    """Run only the simulator of Lightspeed Retail (X-Series), until Ctrl-C.

    It has the demo catalogue, and any client of X-Series can use it."""
    from cli.screen.addresses import say_vendors_pos, vendors_pos_json
    from cli.screen.console import print_json
    from sandbox.lightspeed_x.server.server import LightspeedServer, serve_forever
    from sandbox.lightspeed_x.state.config import AccountConfig
    from sandbox.pos.demo_catalogue import demo_products

    def ready(shop: LightspeedServer) -> None:
        shop.cloud.load(demo_products())
        say_vendors_pos(shop)
        if as_json:
            print_json(vendors_pos_json(shop))

    serve_forever(AccountConfig(registers=registers, record=record), port, host, ready)
