"""What a file of links, or a rebuild, would do: counts, and words for each row that is left out."""

from cli.screen.console import console, table
from cli.screen.link_report import candidate_json, doubt_json
from cli.shapes.links import Answer, ImportedLinks, RebuiltLinks
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


def link_plan_json(plan: LinkPlan, answers: list[Answer]) -> ImportedLinks:
    """Return a plan, and what became of it, as JSON."""
    return {
        "to_link": len(plan.to_link),
        "already": plan.already,
        "twice": plan.twice,
        "left_out": [
            {"line": each.line, "field": each.field, "words": each.words} for each in plan.left_out
        ],
        "answers": answers,
    }


def rebuild_json(found: Rebuild, answers: list[Answer]) -> RebuiltLinks:
    """Return what was found again, and what became of it, as JSON."""
    return {
        "linked": found.linked,
        "gone": found.gone,
        "candidates": [candidate_json(each) for each in found.by_sku.candidates],
        "unsure": [doubt_json(each) for each in found.by_sku.unsure],
        "under_way": [*found.under_way],
        "only_in_pos": found.only_pos,
        "only_in_bigcommerce": found.only_web,
        "weaker": found.weaker,
        "answers": answers,
    }
