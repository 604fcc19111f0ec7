"""`tillbridge links export`: the links of a store as a file."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


class Format(StrEnum):
    """How the file is written: for a spreadsheet, or for a program."""

    CSV = "csv"
    JSONL = "jsonl"


def command(
    format_: Annotated[
        Format,
        typer.Option("--format", help="csv: for a spreadsheet. jsonl: a JSON object a line."),
    ] = Format.CSV,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Write the links of a store to standard output.

    Redirect it into a file; `links import` reads it again. It holds no credential, and says of which
    BigCommerce store it is."""
    from collections.abc import Iterator

    from cli.deployment.connections import choose, connection_of
    from cli.deployment.links import each_link
    from cli.screen.console import counted, errors, print_json, write_out
    from cli.sides.link_file import as_csv, as_json_lines, fits_csv, values_of
    from tillbridge.domain.link import Link

    target, chosen = choose(stack, store)
    told = {"written": 0, "without": 0, "odd": 0}

    def links() -> Iterator[Link]:
        for link in each_link(target, chosen):
            whole = as_json or format_ is Format.JSONL or fits_csv(link)
            kind = "without" if not link.is_linked else "written" if whole else "odd"
            told[kind] += 1
            if kind == "written":
                yield link

    store_hash = connection_of(target, chosen).store_hash
    if as_json:
        rows = [values_of(store_hash, link) for link in links()]
        print_json({"store": chosen, "links": rows, "without": told["without"]})
    else:
        write = as_csv if format_ is Format.CSV else as_json_lines
        write_out(write(store_hash, links()))
    errors.print(f"{counted(told['written'], 'link')} of '{chosen}'.")
    if told["without"]:
        errors.print(f"{told['without']:,} left out: they have no product in BigCommerce.")
    if told["odd"]:
        errors.print(
            f"{told['odd']:,} left out: their ids have characters that no CSV keeps. Use --format jsonl."
        )
