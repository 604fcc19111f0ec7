"""Finding the links of a store again by SKU, after their table was lost or came back from an older day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.link_candidates import Evidence, Matches, match
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What is there and what is missing. `linked`: links whose two products are there; `gone`: links of which one is
    not. `by_sku`: what is to be linked, and what a person decides. `under_way`: products that are being created or
    imported right now, which would be linked by that. `weaker`: products that look the same by barcode or name.
    `only_pos`, `only_web`: products of one side that no SKU pairs."""

    linked: int
    gone: int
    by_sku: Matches
    under_way: tuple[str, ...]
    weaker: int
    only_pos: int
    only_web: int


def rebuild(
    links: Collection[Link],
    records: Sequence[Product],
    webs: Sequence[WebProduct],
    importing: Collection[StoreProductId],
) -> Rebuild:
    """Return how the links of a store are found again. `importing`: BigCommerce products whose import has begun and
    not ended; it looks for what it made, so nothing else may link them."""
    alive = {record.id for record in records if not record.deleted}
    online = {web.id for web in webs}
    there = [link for link in links if link.is_linked]
    whole = [link for link in there if link.product in alive and link.id in online]
    creating = {link.product for link in links if link.status is LinkStatus.CREATING}
    left = {link.product for link in there} | creating
    taken = {link.id for link in there} | {*importing}
    free = [record for record in records if record.id in alive and record.id not in left]
    free_online = [web for web in webs if web.id not in taken]
    by_sku = match(free, free_online, [Evidence.SKU])
    records_left, webs_left = _unmatched(by_sku, free, free_online)
    weaker = match(records_left, webs_left)
    return Rebuild(
        linked=len(whole),
        gone=len(there) - len(whole),
        by_sku=by_sku,
        under_way=(*_created(creating), *_imported(importing)),
        weaker=len(weaker.candidates) + len(weaker.unsure),
        only_pos=len(records_left),
        only_web=len(webs_left),
    )


def _unmatched(
    found: Matches, records: Iterable[Product], webs: Iterable[WebProduct]
) -> tuple[list[Product], list[WebProduct]]:
    matched = {each.record.id for each in found.candidates}
    matched.update(record.id for each in found.unsure for record in each.records)
    numbers = {each.web.id for each in found.candidates}
    numbers.update(web.id for each in found.unsure for web in each.webs)
    return (
        [record for record in records if record.id not in matched],
        [web for web in webs if web.id not in numbers],
    )


def _created(products: Iterable[str]) -> list[str]:
    words = "is being created in BigCommerce. Its push ends that: tillbridge push"
    return [f"{product} {words} {product}" for product in sorted(products)]


def _imported(numbers: Iterable[StoreProductId]) -> list[str]:
    words = "is being imported. Finish that: tillbridge import --id"
    return [f"#{number} {words} {number}" for number in sorted(numbers)]
