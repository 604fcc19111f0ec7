"""`tillbridge sandbox bigcommerce`: the sandbox store alone."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.commands.options import RecordOption
from cli.screen.console import console
from sandbox.bigcommerce.config import StoreConfig
from sandbox.bigcommerce.server import Address, serve_forever

app = typer.Typer(help="Parts of the local world alone.", no_args_is_help=True)


class Quota(StrEnum):
    """A plan's quota: 150 or 450 calls in 30 seconds, or none."""

    STANDARD = "standard"
    PRO = "pro"
    NONE = "none"


@app.callback()
def _group() -> None:
    """Parts of the local world alone."""


@app.command("bigcommerce")
def bigcommerce(
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes any free port.")] = 0,
    quota: Annotated[
        Quota, typer.Option(help="The plan whose quota is enforced.")
    ] = Quota.STANDARD,
    record: RecordOption = None,
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
) -> None:
    """A store as strict as the real one, for any BigCommerce client, until Ctrl-C."""
    config = StoreConfig(quota=quota.value, record=record)
    serve_forever(config, port, host, _say)


def _say(address: Address) -> None:
    console.print(f"base address  {address.api_url}", highlight=False)
    console.print(f"store hash    {address.store_hash}", highlight=False)
    console.print(f"token         {address.token}", highlight=False)
    console.print(
        f"\nTry: curl -H 'X-Auth-Token: {address.token}' "
        f"{address.api_url}/stores/{address.store_hash}/v3/catalog/products",
        highlight=False,
        soft_wrap=True,
    )
    console.file.flush()
