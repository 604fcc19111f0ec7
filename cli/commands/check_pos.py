"""`tillbridge check-pos`: check whether a vendor's server keeps the contract."""

from pathlib import Path
from typing import Annotated

import typer

from cli.commands.options import JsonOption, a_file_or_dash


def command(
    url: Annotated[str, typer.Argument(help="The POS API's base address.")],
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
            "--create", help="Also try the calls that create products. Use a test account."
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check a POS API against the contract, and list what is missing.

    For each missing thing it says what a shop loses. Exit status 1 when something that push needs
    is missing."""
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
