"""`tillbridge check-pos`: check whether a POS keeps the contract, or what a vendor's POS shows."""

from pathlib import Path
from typing import Annotated

import typer

from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, a_file_or_dash


def command(
    url: Annotated[
        str, typer.Argument(help="The POS API's base address; or lightspeed, a vendor's POS.")
    ],
    token_file: Annotated[
        Path | None,
        typer.Option(
            callback=a_file_or_dash,
            help="A file that holds the POS's access token; - asks, or reads standard input.",
        ),
    ] = None,
    create: Annotated[
        bool,
        typer.Option(
            "--create",
            help="Also try the calls that create products. Use a test account; what is made in Lightspeed is deleted"
            " at the end.",
        ),
    ] = False,
    prefix: Annotated[
        str,
        typer.Option(
            help="lightspeed: the shop's name, what stands before .retail.lightspeed.app."
        ),
    ] = "",
    address: Annotated[str, typer.Option(help="lightspeed: the address of a simulator.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Check a POS API against the contract, and list what is missing.

    For each missing thing it says what a shop loses. Exit status 1 when something that push needs
    is missing. Of lightspeed it asks what only a real account shows, and says what follows; exit
    status 1 when the account does not let us in."""
    from cli.deployment.vendors import KINDS

    if url in KINDS:
        _probe(url, prefix, address, token_file, create=create, as_json=as_json)
        return
    if prefix or address:
        raise WrongArguments("--prefix and --address are for `tillbridge check-pos lightspeed`.")
    from cli.check_pos.run import check_pos
    from cli.check_pos.table import as_json as report_json
    from cli.check_pos.table import report_table, verdict
    from cli.deployment.both_sides import need_address
    from cli.deployment.home import read_token
    from cli.screen.console import console, errors, print_json

    need_address(url, "URL")
    token = read_token(token_file) if token_file else ""
    with errors.status("asking the POS"):
        report = check_pos(url, token, create=create)
    if not report.shut_out:
        console.print(report_table(report))
    console.print(verdict(report))
    if as_json:
        print_json(report_json(report))
    raise typer.Exit(0 if report.ok else 1)


def _probe(
    vendor: str,
    prefix: str,
    address: str,
    token_file: Path | None,
    *,
    create: bool,
    as_json: bool,
) -> None:
    if token_file is None:
        raise WrongArguments("Give the account's token with --token-file.")
    from cli.check_pos.lightspeed.run import check_account
    from cli.check_pos.lightspeed.table import as_json as report_json
    from cli.check_pos.lightspeed.table import report_table, verdict
    from cli.deployment.home import read_token
    from cli.pos.vendors import account_wanted
    from cli.screen.console import console, errors, print_json

    account = account_wanted(vendor, prefix, address)
    token = read_token(token_file)
    with errors.status("asking Lightspeed"):
        report = check_account(account.address, token, errors.print, create=create)
    if not report.shut_out:
        console.print(report_table(report))
    console.print(verdict(report), soft_wrap=True)
    if as_json:
        print_json(report_json(report))
    if report.stopped:
        raise typer.Exit(130)
    if report.shut_out:
        raise typer.Exit(1)
