"""The reports of a push: what it would do, and what it did."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cli.screen.console import console, counted, short, table
from cli.shapes.products import PushOutcome, PushPlan
from tillbridge.domain.call_sizes import PRODUCTS_A_CALL, VARIANTS_A_CALL


def push_plan(
    chosen: Sequence[Mapping[str, Any]], linked: Collection[str], note: str = ""
) -> PushPlan:
    """Return which POS products would be created or updated, in roughly how many API calls. `note`: why that
    looks odd, or ''."""
    creates = [each["id"] for each in chosen if each["id"] not in linked]
    updates = [each for each in chosen if each["id"] in linked]
    variants = sum(len(each["variants"]) for each in updates)
    calls = len(creates) - (-len(updates) // PRODUCTS_A_CALL) - (-variants // VARIANTS_A_CALL)
    return {
        "to_create": creates,
        "to_update": [each["id"] for each in updates],
        "calls": calls,
        "note": note,
    }


def say_push_plan(plan: PushPlan, names: Mapping[str, str]) -> None:
    """Print a plan. `names`: by the POS ids of its products."""
    rows = [(each, short(names[each]), "create") for each in plan["to_create"]]
    rows += [(each, short(names[each]), "update") for each in plan["to_update"]]
    console.print(
        table("What would be pushed", ("product", "name", "how"), rows, whole=("product",))
    )
    console.print(
        f"{len(plan['to_create']):,} to create, {len(plan['to_update']):,} to update: "
        f"about {counted(plan['calls'], 'API call')}."
    )
    if plan["note"]:
        console.print(plan["note"])


def say_push(done: PushOutcome) -> None:
    """Print which products were not pushed and why, and the counts."""
    bad = [(each["product"], each["words"]) for each in done["failed"]]
    if bad:
        console.print(table("Not pushed", ("product", "why"), bad, whole=("product",)))
    console.print(f"{len(done['linked']):,} linked, {len(bad):,} failed.")
    if not bad:
        console.print(f"That took {counted(done['calls'], 'API call')}.")
