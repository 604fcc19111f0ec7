"""A page of a view, printed: the products, then the words about some of them."""

from cli.screen.console import console, counted, errors, short, table
from cli.shapes.products import ListedProduct, Products
from cli.sides.view_choices import Side
from cli.sides.views import Page
from tillbridge.domain.money_words import money

NEVER_COMPARED = (
    "Both sides have not been compared yet: here is only what was pushed, or told of. `tillbridge reconcile --full` "
    "reads the rest."
)


def print_page(page: Page, side: Side) -> None:
    """Print a page, which must not be empty."""
    several = counted(len(page.rows), "product")
    title = f"{side.label} view: {several}" + (" (there are more)" if page.after else "")
    numbered = any(row["product_number"] for row in page.rows)
    other = "web id" if side is Side.POS else "POS id"
    numbers = ["number"] if numbered else []
    columns = ["id", other, "name", "sku", *numbers, "price", "stock", "status"]
    rows = [_cells(row, side, numbered=numbered) for row in page.rows]
    whole = ("id", other, "price", "stock", "status")
    console.print(table(title, columns, rows, whole=whole, states=("status",)))
    explained = [(r["id"], short(r["name"]), " ".join(r["words"])) for r in page.rows if r["words"]]
    if explained:
        console.print()
        console.print(table("Why, and what to do", ("id", "name", "why"), explained, whole=("id",)))
    if page.after:
        words = f"There are more. Add --after {page.after} to the same command to see them."
        console.print(words, soft_wrap=True)  # one word, to be copied
    if not page.compared:
        errors.print(NEVER_COMPARED, soft_wrap=True)


def products_json(page: Page) -> Products:
    """Return a page as JSON."""
    return {"products": page.rows, "after": page.after}


def _cells(row: ListedProduct, side: Side, *, numbered: bool) -> tuple[str, ...]:
    other = row["bigcommerce_id"] if side is Side.POS else row["pos_id"]
    number = (row["product_number"],) if numbered else ()
    return (
        row["id"],
        "" if other is None else str(other),
        short(row["name"]),
        row["sku"],
        *number,
        money(row["price"]),
        row["stock"],
        row["status"],
    )
