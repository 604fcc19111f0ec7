"""`tillbridge verify`: compares POS and store of the running world, field by field."""

import typer

from cli.connect import read_secret
from cli.options import FiguresOption, StackOption, StoreOption, the_store
from cli.show import console, errors
from cli.state import every_link
from cli.target import Target, need_target
from cli.verify.as_json import write_json
from cli.verify.model import PosSide, StoreSide, Verdict
from cli.verify.owned import Snapshot
from cli.verify.report import print_report
from cli.verify.verify import verify as compare
from cli.verify_rows import link_row, settings_row
from tillbridge.domain.ids import StoreId


def verify(
    json_file: FiguresOption = None,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Compares every linked product's fields on both sides; exit status 1 when any differs."""
    target = need_target(stack)
    name = the_store(target, store)
    with errors.status("reading both sides"):
        verdict = compare_sides(target, name)
    print_report(verdict, console)
    if json_file is not None:
        write_json(verdict, json_file)
    raise typer.Exit(0 if verdict.ok else 1)


def compare_sides(target: Target, store: StoreId, before: Snapshot | None = None) -> Verdict:
    """The verdict on one connected store."""
    connection = target.stores.find(store)
    if connection is None:
        raise LookupError(f"no store named {store} is connected")
    return compare(
        PosSide(connection.pos_url, read_secret(target, store, "pos")),
        StoreSide(
            connection.api_url,
            connection.store_hash,
            read_secret(target, store, "bigcommerce"),
            connection.location_id,
        ),
        [link_row(link) for link in every_link(target, store).values()],
        settings_row(connection.settings),
        before=before,
    )
