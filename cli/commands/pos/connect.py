"""`tillbridge pos connect`: connect a vendor's POS."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption, a_file_or_dash


class Prices(StrEnum):
    """Which price of the POS is sent."""

    INCL = "incl"
    EXCL = "excl"


def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    vendor: Annotated[str, typer.Argument(help="Whose POS it is: lightspeed.")],
    prefix: Annotated[
        str,
        typer.Option(
            help="The shop's name there: what stands before .retail.lightspeed.app in its address."
        ),
    ],
    token_file: Annotated[
        Path | None,
        typer.Option(
            callback=a_file_or_dash,
            help="A file that holds a personal token; - asks, or reads standard input.",
        ),
    ] = None,
    client_id: Annotated[
        str, typer.Option(help="The id of your OAuth app, in the place of a personal token.")
    ] = "",
    client_secret_file: Annotated[
        Path | None,
        typer.Option(
            callback=a_file_or_dash, help="A file that holds the app's secret; - as above."
        ),
    ] = None,
    paste: Annotated[
        bool,
        typer.Option(
            "--paste", help="Paste the address that the browser is sent to, instead of listening."
        ),
    ] = False,
    prices: Annotated[
        Prices | None,
        typer.Option(help="Which price goes online: with tax (incl) or without (excl)."),
    ] = None,
    address: Annotated[
        str, typer.Option(help="The address of a simulator; local world only.")
    ] = "",
    as_json: JsonOption = False,
    stack: StackOption = "",
) -> None:
    """Connect the POS of a vendor, or give it a new token.

    The POS is asked before anything is saved; what the token may not do is said by name. Stores are
    connected to it with `tillbridge store add … --pos lightspeed --pos-account KEY`. Connecting it
    again replaces the token and keeps all else."""
    from cli.pos.vendors import account_wanted, need_vendor

    wanted = account_wanted(need_vendor(vendor), prefix, address)
    if (token_file is None) is not bool(client_id):
        raise WrongArguments("Give either --token-file, or --client-id and --client-secret-file.")
    if bool(client_id) is (client_secret_file is None):
        raise WrongArguments("--client-id and --client-secret-file go together.")
    if paste and not client_id:
        raise WrongArguments("--paste is for an OAuth app: give --client-id, too.")

    from cli.deployment.home import read_secret, read_token
    from cli.deployment.target import need_target
    from cli.pos.connecting import connect, twins_of
    from cli.pos.granting import granted
    from cli.pos.vendors import need_lab, need_polls, where_it_is
    from cli.screen.console import print_json
    from cli.screen.pos_report import connected_json, say_connected, say_line
    from tillbridge.domain.pos_grant import PosGrant
    from tillbridge.domain.pos_habits import PriceHabit

    target = need_target(stack)
    need_lab(target, address)
    need_polls(target)
    wanted = where_it_is(target, wanted, address)
    if token_file is not None:
        grant = PosGrant(read_token(token_file))
    else:
        assert client_secret_file is not None
        secret = read_secret(client_secret_file, "app's secret")
        grant = granted(wanted, client_id, secret, say_line, paste=paste)
    done = connect(target, wanted, grant, PriceHabit(prices.value) if prices else None)
    twins = twins_of(target, done.account)
    say_connected(done, twins)
    if as_json:
        print_json(connected_json(done, twins))
