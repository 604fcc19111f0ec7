"""A file of links, compared with a deployment's store and its POS."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cli.cannot_run import CannotRun
from cli.deployment.connections import connection_of
from cli.deployment.target import Target
from cli.sides.catalogues import pos_of, web_products
from cli.sides.link_file import read_rows
from cli.sides.link_plan import BothSides, LinkPlan, plan_links
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.pos_records import pos_records


def planned(target: Target, store: StoreId, file: Path) -> LinkPlan:
    """Return what a file (`-`: standard input) would do to a store. Raise CannotRun."""
    connection = connection_of(target, store)
    with _opened(file) as opened:
        rows = read_rows(opened, connection.store_hash, store)
        return plan_links(rows, store, target.links, both_sides(target, store))


def both_sides(target: Target, store: StoreId) -> BothSides:
    """Return what reads the products of either side of a store by id."""
    pos = pos_of(target, store)

    def webs(ids: Sequence[StoreProductId]) -> dict[StoreProductId, WebProduct]:
        return {web.id: web for web in web_products(target, store, Ask(ids=tuple(ids)))}

    return BothSides(lambda ids: pos_records(pos, ids)[0], webs)


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as problem:
        raise CannotRun(f"{file} cannot be read: {problem.strerror}.") from problem
    with opened:
        yield opened
