"""`tillbridge check-pos`: does a vendor's server do what the contract says?"""

from pathlib import Path
from typing import Annotated

import typer


def command(
    url: Annotated[str, typer.Argument(help="The POS API's base address.")],
    token_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A file with the token.")
    ] = None,
    create: Annotated[bool, typer.Option(help="Also try what creates products.")] = False,
) -> None:
    """Check a POS API against the contract, and say what is missing.

    Each missing thing comes with what it costs a shop. Exit status 1 when something needed is
    missing."""
    from cli.check_pos.run import check_pos
    from cli.check_pos.table import report_table, verdict
    from cli.screen.console import console, errors

    token = token_file.read_text(encoding="utf-8").strip() if token_file else ""
    with errors.status(f"asking {url}"):
        report = check_pos(url, token, create=create)
    if not report.shut_out:
        console.print(report_table(report))
    console.print(verdict(report), markup=False, highlight=False)
    raise typer.Exit(0 if report.ok else 1)
