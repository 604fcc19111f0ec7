"""Who holds which name and SKU: BigCommerce takes each only once in a store, whatever its case."""

from collections.abc import Iterable

from tillbridge.domain.errors import Problem
from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name, name_key, sku_key, trimmed
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.product import Product
from tillbridge.domain.sent_skus import product_sku, variant_sku

type Key = tuple[str, str]
"""('name' | 'sku', the value as BigCommerce compares it)."""


def keys(name: str, skus: Iterable[str]) -> list[Key]:
    """Return the keys of a name and of SKUs, the name's first; a blank has no key."""
    named = [("name", key)] if (key := name_key(name)) else []
    return [*named, *(("sku", sku_key(sku)) for sku in skus if trimmed(sku))]


def skus_sent(record: Product, link: Link | None = None) -> list[str]:
    """Return the SKUs that a push sends of a product: its own, then its variants'; no blanks."""
    skus = [product_sku(record, link), *(variant_sku(each, link) for each in record.variants)]
    return [sku for sku in skus if sku]


def claims_of(record: Product, link: Link | None = None) -> list[Key]:
    """Return the keys that a POS product claims in the store: its name and every SKU."""
    return keys(record.name, skus_sent(record, link))


def held_by(link: Link) -> list[Key]:
    """Return the keys that a linked product holds in the store, by what was last sent."""
    return keys(link.name, link.skus)


def gave_something_up(before: Link | None, after: Link) -> bool:
    """Return whether a name or SKU became free, for which other products may wait."""
    if before is None:
        return False
    return before.name != after.name or not set(before.skus) <= set(after.skus)


def duplicate_problem(record: Product, other: Product) -> Problem:
    """Return the problem of a product whose name or SKU another POS product already has."""
    name = clean_name(other.name)
    if name_key(record.name) == name_key(other.name):
        return problem_of(ProblemCode.NAME_TAKEN, Case.DUPLICATE, other=name, blocked_by=other.id)
    theirs = set(map(sku_key, skus_sent(other)))
    sku = next((sku for sku in skus_sent(record) if sku_key(sku) in theirs), record.sku)
    return problem_of(
        ProblemCode.SKU_TAKEN, Case.DUPLICATE, other=name, blocked_by=other.id, sku=sku
    )
