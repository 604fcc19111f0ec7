"""A plan: the calls that make a store show what the POS says, as values. Nothing is sent here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tillbridge.domain.errors import Problem
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.link import Link, LinkStatus, Part
from tillbridge.domain.mapping import Json
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.pos_looks import late
from tillbridge.domain.product import Product
from tillbridge.domain.web_orders.accounts import NO_WEB_UNITS, WebUnits


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an update goes without, because BigCommerce refuses it: `values` has the POS's values by
    their keys on the link (as in `Link.held`), `problem` says why."""

    problem: Problem
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One product with everything a decision needs: its rows, the POS record, its link. `left_out`:
    what of it does not go, though the rest does. `tries_images`: images that BigCommerce could not
    fetch are due again. `web_units`: sold on the web, and not in the POS record."""

    rows: tuple[PendingRow, ...]
    record: Product
    link: Link | None
    left_out: LeftOut | None = field(default=None, kw_only=True)
    tries_images: bool = field(default=False, kw_only=True)
    web_units: WebUnits = field(default=NO_WEB_UNITS, kw_only=True)

    @property
    def product(self) -> PosProductId:
        """Return the product's POS id."""
        return self.rows[0].product

    @property
    def late(self) -> tuple[PendingRow, ...]:
        """Return the rows that stay for a version which the POS announced and does not show yet."""
        return late(self.rows, self.record.version)

    @property
    def absent(self) -> bool:
        """Return whether the POS has no such product, not even a deleted one."""
        return all(row.absent_ms for row in self.rows)

    @property
    def force(self) -> bool:
        """Return whether a person or a repair asked: then no version or fingerprint skips it."""
        return any(row.force for row in self.rows)

    @property
    def manual(self) -> bool:
        """Return whether a person asked for this product."""
        return any(row.manual for row in self.rows)

    @property
    def of_stock_alone(self) -> bool:
        """Return whether it is known that nothing but levels was said to have changed."""
        return all(row.of_stock_alone for row in self.rows)

    @property
    def is_asked(self) -> bool:
        """Return whether a person waits for what becomes of this product."""
        return any(row.job for row in self.rows)

    @property
    def is_linked(self) -> bool:
        """Return whether pushes update a BigCommerce product."""
        return self.link is not None and self.link.is_linked

    @property
    def is_under_way(self) -> bool:
        """Return whether a create of this product has begun and has not ended."""
        return self.link is not None and self.link.status is LinkStatus.CREATING

    @property
    def solo(self) -> bool:
        """Return whether it failed before: then it goes alone, and delays no others again."""
        failed = self.link is not None and self.link.status is LinkStatus.FAILED
        return failed or any(row.attempts for row in self.rows)

    @property
    def may_be_half_sent(self) -> bool:
        """Return whether some of its content may be online that the link does not say."""
        return self.link is not None and (
            self.link.status is LinkStatus.FAILED or Part.CONTENT in self.link.doubts
        )

    def linked(self) -> "LinkedItem":
        """Return this item with its link and BigCommerce id. Raise ValueError when it has none;
        callers know from `decide` that it has."""
        if self.link is None or self.link.id is None:
            raise ValueError(f"{self.product} is not linked")
        return LinkedItem(
            self.rows,
            self.record,
            self.link,
            self.link.id,
            left_out=self.left_out,
            tries_images=self.tries_images,
            web_units=self.web_units,
        )


@dataclass(frozen=True, slots=True)
class LinkedItem(WorkItem):
    """The work item of a linked product; `id` is BigCommerce's."""

    link: Link
    id: StoreProductId


@dataclass(frozen=True, slots=True)
class ProductUpdate:
    """One item of a batch of products. Not `final`: it changes only a name or SKU, and the rest of
    the content follows."""

    work: LinkedItem
    id: StoreProductId
    payload: Json
    final: bool = True


@dataclass(frozen=True, slots=True)
class VariantUpdate:
    """One item of a batch of variants; `id` is BigCommerce's, `variant` the POS's. Not `final`: it
    changes only a SKU, and the rest follows."""

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
        """Return the products it writes: no two calls in flight share one."""
        return frozenset(item.work.product for item in self.items)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with some work items. Each product stands in exactly one of skipped, refused,
    creates, restructures and updates; an update may have product, variant and image parts."""

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
        """Return how many write calls the plan costs, without structure changes and images."""
        return len(self.creates) + len(self.product_batches) + len(self.variant_batches)

    @property
    def ranks(self) -> range:
        """Return the range of its batches' ranks, lowest first; empty when it has no batches."""
        ranks = [batch.rank for batch in self.product_batches]
        ranks += [batch.rank for batch in self.variant_batches]
        return range(min(ranks), max(ranks) + 1) if ranks else range(0)
