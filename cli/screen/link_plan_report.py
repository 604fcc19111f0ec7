"""What a file of links, or a rebuild, would do: counts, and words for each row that is left out."""

from cli.screen.console import console, table
from cli.sides.link_plan import LinkPlan
from tillbridge.domain.lost_links import Rebuild

MOST_SHOWN = 50


def say_link_plan(plan: LinkPlan) -> None:
    """Print the counts of a plan, and what is left out with line, field and remedy."""
    counts = [
        ("to be linked", len(plan.to_link)),
        ("linked already", plan.already),
        ("twice in the file", plan.twice),
        ("contradicts a link or a row", len(plan.contradicts)),
        ("gone from a side", len(plan.gone)),
        ("cannot be used", len(plan.unusable)),
    ]
    console.print(table("What the file says", ("rows", ""), counts))
    if left_out := plan.left_out:
        rows = [(str(each.line), each.field, each.words) for each in left_out[:MOST_SHOWN]]
        title = f"Left out ({len(left_out)})"
        console.print(table(title, ("line", "field", "what to do"), rows, whole=("line", "field")))
    if len(left_out) > MOST_SHOWN:
        console.print(f"… and {len(left_out) - MOST_SHOWN:,} more.")


def say_rebuild(found: Rebuild) -> None:
    """Print what of the links is there and what SKUs find again, and what is left to a person."""
    doubts = found.by_sku.unsure
    counts = [
        ("linked", found.linked),
        ("linked to a product that is gone", found.gone),
        ("found again by SKU", len(found.by_sku.candidates)),
        ("of doubtful SKU", len(doubts)),
        ("being created or imported", len(found.under_way)),
        ("only in the POS", found.only_pos),
        ("only in BigCommerce", found.only_web),
    ]
    console.print(table("Links", ("", "products"), counts))
    rows = [
        (
            ", ".join(record.id for record in each.records[:4]),
            ", ".join(f"#{web.id}" for web in each.webs[:4]),
            each.words,
        )
        for each in doubts[:MOST_SHOWN]
    ]
    if rows:
        title = f"Left out, for a person ({len(doubts)})"
        console.print(table(title, ("POS", "BigCommerce", "why"), rows))
    if len(doubts) > MOST_SHOWN:
        console.print(f"… and {len(doubts) - MOST_SHOWN:,} more.")
    for words in found.under_way[:MOST_SHOWN]:
        console.print(words)
    if found.weaker:
        console.print(
            f"{found.weaker:,} more look the same by barcode or name: `tillbridge link --suggest`."
        )
