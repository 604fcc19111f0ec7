"""A page of a view as a shopkeeper reads it: the products, then what to know about some."""

from decimal import Decimal, InvalidOperation

from cli.screen.console import console, short, table
from cli.sides.view_choices import Side
from cli.sides.views import Page, Row


def print_page(page: Page, side: Side) -> None:
    """Print a page that is not empty."""
    several = "1 product" if len(page.rows) == 1 else f"{len(page.rows):,} products"
    title = f"{side.upper()} view: {several}" + (" (there are more)" if page.after else "")
    numbered = any(row["product_number"] for row in page.rows)
    columns = ["id", "name", "sku", *(["number"] if numbered else []), "price", "stock", "status"]
    rows = [_cells(row, numbered=numbered) for row in page.rows]
    console.print(table(title, columns, rows, whole=("id", "price", "stock", "status")))
    told = [(row["id"], short(row["name"]), row["words"]) for row in page.rows if row["words"]]
    if told:
        console.print()
        console.print(
            table("What to know", ("id", "name", "why, and what to do"), told, whole=("id",))
        )
    if page.after:
        words = f"There are more: the same command with --after {page.after} goes on."
        console.print(words, highlight=False, markup=False)


def money(price: str) -> str:
    """Return a price with its cents: BigCommerce sends 14.5 for what the POS calls 14.50."""
    try:
        value = Decimal(price)
    except InvalidOperation:
        return price
    return format(max(value, value.quantize(Decimal("0.01")), key=_places), "f")


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _cells(row: Row, *, numbered: bool) -> tuple[str, ...]:
    number = (row["product_number"],) if numbered else ()
    return (
        row["id"],
        short(row["name"]),
        row["sku"],
        *number,
        money(row["price"]),
        row["stock"],
        row["status"],
    )
