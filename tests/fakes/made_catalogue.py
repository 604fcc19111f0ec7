"""A large linked catalogue that makes links and POS records on request, equal to what the seeded
sandbox store shows, and a read model that only counts.

They keep ids alone, so that a bench measures reconcile's memory and not theirs."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from tests.fakes.links import FakeLinks
from tests.fakes.read_model import FakeReadModel
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import (
    PosProductId,
    PosVariantId,
    StoreId,
    StoreProductId,
    StoreVariantId,
)
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus
from tillbridge.domain.product import Product, StockLevel, Variant
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.pos_feed import FEED_PAGE, PosPage


def _record(product: PosProductId, variants: int) -> Product:
    number = int(product[2:])
    return Product(
        id=product,
        version=number + 1,
        name=f"Seeded product {number}",
        sku="" if variants else f"SEED-{number}",
        description=f"<p>Seeded product number {number}.</p>",
        price=Decimal("1.5") + number % 500,
        stock=() if variants else (StockLevel("o", Decimal(number % 50)),),
        variants=tuple(
            Variant(
                id=PosVariantId(f"{product}~{place}"),
                sku=f"SEED-{number}-{place}",
                option_values=(("Size", f"Size {place}"),),
                stock=(StockLevel("o", Decimal(place)),),
            )
            for place in range(variants)
        ),
    )


class CountingReadModel(FakeReadModel):
    """A read model that stays empty: rows are counted and dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.put_rows = 0

    def put(self, store: StoreId, rows: Iterable[ViewRow]) -> None:
        self.put_rows += sum(1 for _ in rows)

    def _keep(self, store: StoreId, detail: Detail) -> None: ...


class MadeCatalogue(FakeLinks):
    """Links, POS records and feed of `products` with `variants` each. The links are only read."""

    def __init__(self, variants: int, products: "array[int]", variant_ids: "array[int]") -> None:
        super().__init__()
        self.variants, self._products, self._variants = variants, products, variant_ids

    def get(self, store: StoreId, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        return {product: self._link(product) for product in products}

    def holders_of(self, store: StoreId) -> Iterator[tuple[StoreProductId, PosProductId]]:
        for number, product in enumerate(self._products):
            yield StoreProductId(product), PosProductId(f"p-{number}")

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        return {product: _record(product, self.variants) for product in ids}

    def changes(self, since: int) -> PosPage:
        upto = min(since + FEED_PAGE, len(self._products))
        ids = [PosProductId(f"p-{number}") for number in range(since, upto)]
        records = tuple(_record(product, self.variants) for product in ids)
        return PosPage(records, upto, upto < len(self._products), upto)

    def _link(self, product: PosProductId) -> Link:
        number, many = int(product[2:]), self.variants
        first = number * many
        return Link(
            product=product,
            status=LinkStatus.LINKED,
            id=StoreProductId(self._products[number]),
            variants={
                PosVariantId(f"{product}~{place}"): LinkedVariant(
                    StoreVariantId(self._variants[first + place]),
                    options=(("Size", f"Size {place}"),),
                )
                for place in range(many)
            },
            content_version=number + 1,
            stock_version=number + 1,
            visible=True,
        )
