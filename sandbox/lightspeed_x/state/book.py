"""The rows of the account, made from the records of the shop as they change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sandbox.lightspeed_x.state.families import SIMPLE, Families
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.images import Images
from sandbox.lightspeed_x.state.rows import LevelRow, ProductRow
from sandbox.lightspeed_x.state.table import Table
from sandbox.lightspeed_x.state.versions import Versions
from sandbox.pos.clock import timestamp, utc_now
from sandbox.pos.model import Level, Product, Variant

type Told = Callable[[ProductRow | LevelRow], None]


class Book:
    """Product rows and level rows. The caller holds the catalogue's lock."""

    def __init__(
        self, versions: Versions, images: Images, told: Told, stock_bumps: Callable[[], bool]
    ) -> None:
        self._versions = versions
        self._told = told
        self._stock_bumps = stock_bumps
        self._quiet = False
        self._images = images
        self.families = Families()
        self.products: Table[ProductRow] = Table(self._tell)
        self.levels: Table[LevelRow] = Table(self._tell)
        self._records: dict[str, Product] = {}
        self._created: dict[str, str] = {}

    def follow(self, product: Product) -> None:
        """Take in a record of the shop: a save gives every member a version, a move of stock only
        the levels that it moved."""
        before = self._records.get(product.id)
        self._records[product.id] = product
        lost = self.families.take_in(product)
        moved = _levels_of(product) != (_levels_of(before) if before else {})
        changed = before is None or _content(before) != _content(product)
        if changed or lost or not moved or self._stock_bumps():
            self._write_products(product, before, lost)
        self._write_levels(product, before, lost)
        for url in product.images:
            if before is not None and url not in before.images:
                self._images.begin(product.id, url)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Let what changes meanwhile show under the version that it had, and be told to no hook."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    def created(self, product: Product) -> None:
        """Begin to work on the images of a product that was made over the API."""
        for url in product.images:
            self._images.begin(product.id, url)

    def finish_images(self) -> list[str]:
        """Bump the version of each product for every image that is done by now; return them."""
        ready = self._images.ready()
        for product_id, url in ready:
            row = self.products.find(self.families.root(product_id))
            version = self._versions.next()
            self._images.done(product_id, url, version)
            if row is not None and row.deleted_at is None:
                self.products.put(replace(row, version=version, updated_at=_now()))
        return [product_id for product_id, _ in ready]

    def fall_back(self, version: int) -> None:
        """Give every row a lower version, as an account has that was restored from a backup."""
        self._versions.fall_to(version)
        self.products.renumber(self._versions.next)
        self.levels.renumber(self._versions.next)

    def vanish(self, product_id: str) -> None:
        """Forget the rows of a product: no tombstone, no version."""
        for member in self.families.members(product_id).values():
            self.products.drop(member)
            for level in self.levels.every():
                if level.product_id == member:
                    self.levels.drop(level.id)

    def _tell(self, row: ProductRow | LevelRow) -> None:
        if not self._quiet:
            self._told(row)

    def _write_products(
        self, product: Product, before: Product | None, lost: dict[str, str]
    ) -> None:
        for key, member in lost.items():
            shown = self.products.find(member)
            record = before or product
            variant = _variant(record, key)
            row = self._row(record, variant, member, shown.root_id if shown else member)
            self.products.put(replace(row, deleted_at=_now()))
        root = self.families.root(product.id)
        for key, member in self.families.members(product.id).items():
            self.products.put(self._row(product, _variant(product, key), member, root))

    def _row(self, product: Product, variant: Variant | None, member: str, root: str) -> ProductRow:
        at = _seconds(product.updated_at)
        shown = self.products.find(member)
        return ProductRow(
            id=member,
            version=shown.version if self._quiet and shown else self._versions.next(),
            record=product,
            variant=variant,
            root_id=root,
            siblings=len(product.variants),
            created_at=self._created.setdefault(member, at),
            updated_at=at,
            deleted_at=None if product.deleted_at is None else _seconds(product.deleted_at),
        )

    def _write_levels(self, product: Product, before: Product | None, lost: dict[str, str]) -> None:
        members = self.families.members(product.id)
        known = _levels_of(before) if before else {}
        now = _levels_of(product)
        at = None if product.deleted_at is None else _seconds(product.deleted_at)
        for (key, outlet), level in now.items():
            if at or known.get((key, outlet)) != level or self._is_off(members[key], outlet):
                self._put_level(members[key], outlet, _available(level), at)
        # Untracked, or a variant that is gone: its rows stay as tombstones.
        for (key, outlet), level in known.items():
            member = lost.get(key) or members.get(key)
            if (key, outlet) not in now and member is not None:
                self._put_level(member, outlet, _available(level), at or _now())

    def _is_off(self, member: str, outlet: str) -> bool:
        shown = self.levels.find(made_id("level", member, outlet))
        return shown is None or shown.deleted_at is not None

    def _put_level(self, member: str, outlet: str, units: Decimal, deleted: str | None) -> None:
        row_id = made_id("level", member, outlet)
        outlet_id = made_id("outlet", outlet)
        version = self._versions.next()
        self.levels.put(LevelRow(row_id, version, member, outlet_id, units, deleted))


def _variant(product: Product, key: str) -> Variant | None:
    return next((variant for variant in product.variants if variant.id == key), None)


def _levels_of(product: Product) -> dict[tuple[str, str], Level]:
    units = [(variant.id, variant.stock) for variant in product.variants] or [
        (SIMPLE, product.stock)
    ]
    return {(key, level.outlet_id): level for key, stock in units for level in stock}


def _content(product: Product) -> Product:
    """Return a record without what a move of stock changes."""
    variants = tuple(replace(variant, stock=()) for variant in product.variants)
    return replace(product, version=0, updated_at="", stock=(), variants=variants)


def _available(level: Level) -> Decimal:
    """Return what the vendor calls a level: available to sell (fact 5)."""
    return level.on_hand - level.committed


def _seconds(moment: str) -> str:
    """Return a time of the shop as the vendor writes it, in whole seconds."""
    if not moment:
        return _now()
    return datetime.fromisoformat(moment).isoformat(timespec="seconds")


def _now() -> str:
    return _seconds(timestamp(utc_now()))
