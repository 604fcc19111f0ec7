"""`tillbridge sandbox bigcommerce`: run only the sandbox store."""

from typing import Annotated

import typer

from cli.commands.options import HostOption, JsonOption, Quota, RecordOption


def command(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port to listen on; 0 takes any free one.")
    ] = 0,
    quota: Annotated[
        Quota, typer.Option(help="The store's plan, which sets its quota.")
    ] = Quota.STANDARD,
    record: RecordOption = None,
    host: HostOption = "127.0.0.1",
    as_json: JsonOption = False,
) -> None:
    """Run only the sandbox store, until Ctrl-C.

    It is as strict as the real BigCommerce, and any BigCommerce client can use it."""
    from cli.screen.addresses import say_store, store_json
    from cli.screen.console import print_json
    from sandbox.bigcommerce.server.server import Address, serve_forever
    from sandbox.bigcommerce.state.config import StoreConfig

    def say(address: Address) -> None:
        say_store(address)
        if as_json:
            print_json(store_json(address))

    serve_forever(StoreConfig(quota=quota.value, record=record), port, host, say)
