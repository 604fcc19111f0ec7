"""The products and sales of a demo: from files, or the project's own catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cli.cannot_run import WrongArguments
from cli.sides.plausible import about_files
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.files import read_product_files, read_sales_file
from sandbox.pos.inputs import ProductInput
from sandbox.pos.loaded import SkippedRow, UnknownShape
from sandbox.pos.sales_log import SalesLog

MOST_SHOWN = 20
"""How many notes on files and rows left out are printed; `--json` has all of them."""


@dataclass(frozen=True, slots=True)
class ShopPos:
    """The POS of a demo's shop. `vendor`: whose it is, "" for one that keeps Tillbridge's contract. `hooks_lost`: so
    many of a hundred webhooks of a vendor's POS are lost."""

    vendor: str = ""
    hooks_lost: int = 0

    @property
    def poked(self) -> bool:
        """Whether polls may be asked for; else those of the sweep alone must find everything."""
        return self.hooks_lost < 100


CONTRACT = ShopPos()


@dataclass(slots=True)
class Input:
    """Products in file order, the sales to replay, the rows left out, notes on the files, and the shop's POS."""

    products: list[ProductInput]
    sales: SalesLog | None = None
    skipped: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pos: ShopPos = CONTRACT


def read_input(products: Sequence[Path], sales: Path | None) -> Input:
    """Read the files. Raise WrongArguments, naming the file and what is wrong with it."""
    try:
        loaded = read_product_files(products) if products else None
        log = read_sales_file(sales) if sales else None
    except (UnknownShape, OSError) as problem:
        raise WrongArguments(str(problem)) from problem
    if loaded is None and log is None:
        return Input(demo_products())
    given = Input([], log)
    for each in (loaded, log):
        if each is not None:
            known = {product.id for product in given.products}
            given.products += [product for product in each.products if product.id not in known]
            given.skipped += each.skipped_rows
            given.notes += each.notes
    about = [note for each in (loaded, log) if each is not None for note in each.about]
    given.notes = about + given.notes
    if not given.products:
        raise WrongArguments(no_products(given.skipped))
    if note := about_files(given.products):
        given.notes.insert(0, note)  # only the first notes are printed
    return given


def no_products(skipped: Sequence[SkippedRow]) -> str:
    """Return the message for files without products, with which a demo would keep every promise."""
    if not skipped:
        return "The file holds no product, only a header. Add products to it."
    why = "\n".join(f"{r.file}, line {r.row}: {r.reason}" for r in skipped[:5])
    return f"The file holds no product that can be read. The rows, and what is wrong:\n{why}"
