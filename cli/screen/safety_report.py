"""What people read of a learned safety stock."""

from collections.abc import Sequence
from dataclasses import asdict

from cli.deployment.safety import WouldKeep
from cli.screen.console import console, short, table
from tillbridge.domain.connection import Settings

NOTHING = "Nothing sold so fast in the last 28 days that units of it should be kept from the web."


def show_safety(kept: Sequence[WouldKeep], settings: Settings) -> None:
    """Print the variants of which units are kept, or would be."""
    if kept:
        rows = [(each.sku, short(each.name), each.now, each.learned) for each in kept]
        columns = ("SKU", "Name", "kept now", "by its sales")
        console.print(table("Units kept from the web", columns, rows, whole=("SKU",)))
    else:
        console.print(NOTHING)
    if settings.learned_safety is None:
        console.print("To keep them: `tillbridge store set safety_stock=learned`.")


def safety_json(kept: Sequence[WouldKeep]) -> list[dict[str, object]]:
    """Return what `show_safety` prints, for a program."""
    return [asdict(each) for each in kept]
