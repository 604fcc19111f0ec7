"""What is kept of products, from the fakes of its tables."""

from typing import Any, override

from tests.fakes.links import FakeLinks
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeRuns
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.domain.link import IMPORTING
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.ports.products_kept import ProductKept, ProductsKept


class FakeProductsKept(ProductsKept):
    """Reads the fakes of the tables that have something of a product."""

    def __init__(
        self, links: FakeLinks, views: FakeReadModel, pending: FakePending, runs: FakeRuns
    ) -> None:
        self._links, self._views, self._pending, self._runs = links, views, pending, runs

    @override
    def of(self, store: StoreId, product: PosProductId) -> ProductKept:
        link = self._links.get(store, [product]).get(product)
        number = link.id if link else None
        return ProductKept(
            product,
            number,
            link,
            pending=[
                row for lane in PRODUCT_LANES for row in self._pending.of(store, lane, [product])
            ],
            accepted=self._runs.all_accepted(store, product),
            **self._side(store, POS, product),
            **(self._side(store, WEB, str(number)) if number is not None else {}),
        )

    @override
    def of_number(self, store: StoreId, number: StoreProductId) -> ProductKept:
        holder = self._links.holders(store, [number]).get(number, IMPORTING)
        if holder != IMPORTING:
            return self.of(store, holder)
        return ProductKept(None, number, **self._side(store, WEB, str(number)))

    def _side(self, store: StoreId, side: str, id_: str) -> dict[str, Any]:
        row: ViewRow | None = self._views.get(store, side, [id_]).get(id_)
        detail: Detail | None = self._views.details(store, [(side, id_)]).get((side, id_))
        return {side: row, f"{side}_detail": detail}
