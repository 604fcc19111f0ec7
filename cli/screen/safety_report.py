"""What people read of a learned safety stock."""

from collections.abc import Sequence

from cli.deployment.safety import WouldKeep
from cli.screen.console import console, short, table
from cli.shapes.stores import Safety
from tillbridge.domain.connection import Settings

NOTHING = "Nothing sold so fast in the last 28 days that units of it should be kept from the web."


def show_safety(kept: Sequence[WouldKeep], settings: Settings) -> None:
    """Print the variants of which units are kept, or would be."""
    if kept:
        rows = [(each.sku, short(each.name), each.now, each.learned) for each in kept]
        columns = ("SKU", "name", "kept now", "by its sales")
        console.print(table("Units kept from the web", columns, rows, whole=("SKU",)))
    else:
        console.print(NOTHING)
    if settings.learned_safety is None:
        console.print("To keep them: `tillbridge store set safety_stock=learned`.")


def safety_json(kept: Sequence[WouldKeep]) -> Safety:
    """Return what `show_safety` prints, for a program."""
    return {
        "products": [
            {"sku": each.sku, "name": each.name, "now": each.now, "learned": each.learned}
            for each in kept
        ]
    }
