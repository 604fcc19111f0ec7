"""`tillbridge sandbox bigcommerce`: the sandbox store alone."""

from typing import Annotated

import typer

from cli.commands.options import Quota, RecordOption


def command(
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes any free port.")] = 0,
    quota: Annotated[
        Quota, typer.Option(help="The plan whose quota is enforced.")
    ] = Quota.STANDARD,
    record: RecordOption = None,
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
) -> None:
    """Start the sandbox store alone, until Ctrl-C.

    It is as strict as the real one, for any BigCommerce client."""
    from cli.screen.addresses import say_store
    from sandbox.bigcommerce.server.server import serve_forever
    from sandbox.bigcommerce.state.config import StoreConfig

    serve_forever(StoreConfig(quota=quota.value, record=record), port, host, say_store)
