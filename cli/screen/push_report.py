"""The reports of a push: what it would do, and what it did."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cli.screen.console import console, counted, short, table
from tillbridge.domain.call_sizes import PRODUCTS_A_CALL, VARIANTS_A_CALL
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import Link, LinkStatus


def say_push_plan(chosen: Sequence[Mapping[str, Any]], linked: Collection[str]) -> None:
    """Print which POS products would be created or updated, in roughly how many API calls."""
    creates = [each for each in chosen if each["id"] not in linked]
    updates = [each for each in chosen if each["id"] in linked]
    variants = sum(len(each["variants"]) for each in updates)
    calls = len(creates) - (-len(updates) // PRODUCTS_A_CALL) - (-variants // VARIANTS_A_CALL)
    rows = [(each["id"], short(each["name"]), "create") for each in creates]
    rows += [(each["id"], short(each["name"]), "update") for each in updates]
    console.print(
        table("What would be pushed", ("product", "name", "how"), rows, whole=("product",))
    )
    console.print(
        f"{len(creates)} to create, {len(updates)} to update: about {counted(calls, 'API call')}."
    )


def say_push(chosen: Sequence[str], links: Mapping[PosProductId, Link]) -> bool:
    """Print which products were not pushed and why, and the counts. Return whether all are fine."""
    found = [(each, links.get(PosProductId(each))) for each in chosen]
    bad = [(each, _problem(link)) for each, link in found if not _is_fine(link)]
    if bad:
        console.print(table("Not pushed", ("product", "why"), bad, whole=("product",)))
    console.print(f"{len(chosen) - len(bad)} linked, {len(bad)} failed.")
    return not bad


def _is_fine(link: Link | None) -> bool:
    return link is not None and link.status is LinkStatus.LINKED


def _problem(link: Link | None) -> str:
    return link.problem.words if link and link.problem else "It is not linked yet."
