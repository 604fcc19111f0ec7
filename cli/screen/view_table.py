"""A page of a view, printed: the products, then the words about some of them."""

from cli.screen.console import console, counted, errors, short, table
from cli.sides.view_choices import Side
from cli.sides.views import Page, Row
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
    columns = ["id", "name", "sku", *(["number"] if numbered else []), "price", "stock", "status"]
    rows = [_cells(row, numbered=numbered) for row in page.rows]
    console.print(table(title, columns, rows, whole=("id", "price", "stock", "status")))
    explained = [(row["id"], short(row["name"]), row["words"]) for row in page.rows if row["words"]]
    if explained:
        console.print()
        console.print(table("Why, and what to do", ("id", "name", "why"), explained, whole=("id",)))
    if page.after:
        words = f"There are more. Add --after {page.after} to the same command to see them."
        console.print(words)
    if not page.compared:
        errors.print(NEVER_COMPARED, soft_wrap=True)


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
