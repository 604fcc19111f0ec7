"""All that the tables have of one product, read across them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item
from tillbridge.adapters.dynamodb.detail_items import details_of, is_detail
from tillbridge.adapters.dynamodb.link_items import link_of
from tillbridge.adapters.dynamodb.pending import known_rows
from tillbridge.adapters.dynamodb.row_items import row_key, rows_of
from tillbridge.adapters.dynamodb.run_items import accepted_in
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.domain.link import IMPORTING
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.ports.products_kept import ProductKept, ProductsKept

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class Tables:
    """The names of the tables that have something of a product."""

    links: str
    pending: str
    stores: str
    read_model: str


class DynamoProductsKept(ProductsKept):
    """Reads one side and what is said of it in one request, and the other side in a second."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._tables = tables

    @override
    def of(self, store: StoreId, product: PosProductId) -> ProductKept:
        if not 0 < len(product) <= LONGEST_ID:
            return ProductKept(product, None)
        found = self._read(self._of_pos(store, product))
        links = [link_of(item) for item in found[self._tables.links]]
        link = links[0] if links else None
        number = link.id if link else None
        pos, pos_detail = self._side(found)
        rest = self._read(self._of_side(store, WEB, str(number))) if number is not None else {}
        web, web_detail = self._side(rest)
        return ProductKept(
            product,
            number,
            link,
            pos,
            web,
            pos_detail,
            web_detail,
            known_rows(store, found[self._tables.pending]),
            _accepted(found[self._tables.stores]),
        )

    @override
    def of_number(self, store: StoreId, number: StoreProductId) -> ProductKept:
        asked = self._of_side(store, WEB, str(number))
        asked[self._tables.links] = [keys.key(store, keys.holder(number))]
        found = self._read(asked)
        web, web_detail = self._side(found)
        holders = [item["product"]["S"] for item in found[self._tables.links]]
        if not holders or holders[0] == IMPORTING:
            return ProductKept(None, number, web=web, web_detail=web_detail)
        product = PosProductId(holders[0])
        rest = self._read(self._of_pos(store, product))
        links = [link_of(item) for item in rest[self._tables.links]]
        pos, pos_detail = self._side(rest)
        return ProductKept(
            product,
            number,
            links[0] if links else None,
            pos,
            web,
            pos_detail,
            web_detail,
            known_rows(store, rest[self._tables.pending]),
            _accepted(rest[self._tables.stores]),
        )

    def _of_pos(self, store: StoreId, product: PosProductId) -> dict[str, Sequence[keys.Key]]:
        return {
            **self._of_side(store, POS, product),
            self._tables.links: [keys.key(store, keys.link(product))],
            self._tables.pending: [keys.pending(store, lane, product) for lane in PRODUCT_LANES],
            self._tables.stores: [keys.key(store, keys.accepted(product))],
        }

    def _of_side(self, store: StoreId, side: str, id_: str) -> dict[str, Sequence[keys.Key]]:
        return {self._tables.read_model: [row_key(store, side, id_), keys.detail(store, side, id_)]}

    def _read(self, asked: Mapping[str, Sequence[keys.Key]]) -> Mapping[str, Sequence[Item]]:
        return bulk.read_tables(self._client, asked)

    def _side(self, found: Mapping[str, Sequence[Item]]) -> tuple[ViewRow | None, Detail | None]:
        items = found.get(self._tables.read_model, ())
        details = list(details_of(filter(is_detail, items)).values())
        rows = list(rows_of(each for each in items if not is_detail(each)))
        return (rows[0] if rows else None), (details[0] if details else None)


def _accepted(items: Sequence[Item]) -> Mapping[str, Accepted]:
    return {place: each for item in items for place, each in accepted_in(from_item(item)).items()}
