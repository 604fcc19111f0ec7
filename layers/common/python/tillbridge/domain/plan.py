"""A plan: the calls that bring a store to what the POS says, as values. Nothing is sent here."""

from dataclasses import dataclass

from tillbridge.domain.errors import Problem
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.mapping import Json
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.product import Product

PRODUCTS_A_CALL = 10
VARIANTS_A_CALL = 50
STOCK_A_CALL = 2_000


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One product with everything a decision needs: its rows, the POS record, its link."""

    rows: tuple[PendingRow, ...]
    record: Product
    link: Link | None

    @property
    def product(self) -> PosProductId:
        """The POS id."""
        return self.rows[0].product

    @property
    def force(self) -> bool:
        """Whether a person or a repair asked: no version or fingerprint skips it."""
        return any(row.force for row in self.rows)

    @property
    def manual(self) -> bool:
        """Whether a person asked for this product."""
        return any(row.manual for row in self.rows)

    @property
    def is_under_way(self) -> bool:
        """Whether a create of this product was begun and has not ended."""
        return self.link is not None and self.link.status is LinkStatus.CREATING

    @property
    def solo(self) -> bool:
        """Whether it failed before, and so goes alone: its neighbours are not delayed twice."""
        failed = self.link is not None and self.link.status is LinkStatus.FAILED
        return failed or any(row.attempts for row in self.rows)

    def linked(self) -> "LinkedItem":
        """Return the work of a product that has a BigCommerce product. Raise ValueError when it has
        none: whoever asks has decided that it does."""
        if self.link is None or self.link.id is None:
            raise ValueError(f"{self.product} is not linked")
        return LinkedItem(self.rows, self.record, self.link, self.link.id)


@dataclass(frozen=True, slots=True)
class LinkedItem(WorkItem):
    """The work of a product that is linked; `id` is BigCommerce's."""

    link: Link
    id: StoreProductId


@dataclass(frozen=True, slots=True)
class ProductUpdate:
    """One item of a batch of products. Not `final`: only lets go of a name or SKU for a swap."""

    work: LinkedItem
    id: StoreProductId
    payload: Json
    final: bool = True


@dataclass(frozen=True, slots=True)
class VariantUpdate:
    """One item of a batch of variants; `id` is BigCommerce's, `variant` the POS's."""

    work: LinkedItem
    variant: PosVariantId
    id: StoreVariantId
    payload: Json
    final: bool = True


type Update = ProductUpdate | VariantUpdate


@dataclass(frozen=True, slots=True)
class Batch[Item: (ProductUpdate, VariantUpdate)]:
    """One call. All batches of a lower rank must have been answered before it is sent."""

    rank: int
    items: tuple[Item, ...]

    @property
    def touches(self) -> frozenset[str]:
        """The products it writes: no two calls in flight share one."""
        return frozenset(item.work.product for item in self.items)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with a batch of work; each product stands in exactly one of skipped, refused,
    creates, restructures, or the updates (where it may have product, variant and image parts)."""

    skipped: tuple[WorkItem, ...] = ()
    refused: tuple[tuple[WorkItem, Problem], ...] = ()
    creates: tuple[WorkItem, ...] = ()
    restructures: tuple[LinkedItem, ...] = ()
    updates: tuple[LinkedItem, ...] = ()
    product_batches: tuple[Batch[ProductUpdate], ...] = ()
    variant_batches: tuple[Batch[VariantUpdate], ...] = ()
    image_changes: tuple[LinkedItem, ...] = ()

    @property
    def catalogue_calls(self) -> int:
        """Write calls this plan costs, structure changes and images aside."""
        return len(self.creates) + len(self.product_batches) + len(self.variant_batches)

    @property
    def ranks(self) -> range:
        """The ranks its batches have, lowest first."""
        ranks = [batch.rank for batch in self.product_batches]
        ranks += [batch.rank for batch in self.variant_batches]
        return range(min(ranks), max(ranks) + 1) if ranks else range(0)
