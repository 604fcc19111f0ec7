"""The port StoreCatalogue over BigCommerce's REST API."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import override

from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import Part, every, part_of
from tillbridge.adapters.bigcommerce.products import PRODUCTS, all_variants
from tillbridge.adapters.bigcommerce.selections import WHOLE
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.wire import read_brand, read_category
from tillbridge.adapters.bigcommerce.wire_product import ProductRecord, read_found
from tillbridge.domain.canary import is_canary
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_catalogue import PAGE, Page, StoreCatalogue

_CATEGORIES = "/catalog/trees/categories"
_BRANDS = "/catalog/brands"


@dataclass(frozen=True, slots=True)
class BigCommerceCatalogue(StoreCatalogue):
    """The store that `transport` reaches."""

    transport: Transport

    @override
    def page(self, ask: Ask, after: int) -> Page:
        """Return one page by ascending id, so that products added or deleted meanwhile shift
        nothing."""
        lists = [self._list(filters, after) for filters in self._narrowed(ask, after)]
        # A list with more to come ends the page: what the others hold beyond its end is read next.
        end = min((max(each.id for each in one) for one, more in lists if more), default=None)
        found = {each.id: each for one, _ in lists for each in one if end is None or each.id <= end}
        shown = [found[each] for each in sorted(found) if not is_canary(found[each].sku)]
        products = tuple(self._whole(shown))
        if end is not None:
            return Page(products, end, more=True)
        if ask.ids and lists:
            last = _page_of(ask.ids, after)[-1]
            return Page(products, last, more=bool(_page_of(ask.ids, last)))
        return Page(products, max(found, default=after), more=False)

    def _list(self, filters: Mapping[str, str], after: int) -> tuple[list[ProductRecord], bool]:
        """Return the products of one list above `after`, and whether more follow."""
        query = {
            **WHOLE.query,
            "limit": str(PAGE),
            "sort": "id",
            "direction": "asc",
            "id:greater": str(after),
            **filters,
        }
        found = self.transport.send(Call("GET", PRODUCTS, query=query), _records)
        fresh = [product for product in found.records if product.id > after]
        return fresh, bool(fresh) and not found.ends(found.seen)

    def _narrowed(self, ask: Ask, after: int) -> Sequence[Mapping[str, str]]:
        """Return the filters of each list to read: none when no product can match, else one, or one
        for each category of the requested name, because `categories:in` finds only products that
        are in all of them."""
        narrowed: dict[str, str] = {}
        if ask.ids:
            ids = _page_of(ask.ids, after)
            if not ids:
                return []
            narrowed["id:in"] = ",".join(map(str, ids))
        if ask.brand:
            brands = every(self.transport, _BRANDS, read_brand, query={"name": ask.brand})
            if not brands:
                return []
            narrowed["brand_id"] = str(brands[0].id)
        if ask.keyword:
            narrowed["keyword"] = ask.keyword
        if not ask.category:
            return [narrowed]
        query = {"name": ask.category}
        categories = every(self.transport, _CATEGORIES, read_category, query=query)
        return [{**narrowed, "categories:in": str(each.category_id)} for each in categories]

    def _whole(self, found: Collection[ProductRecord]) -> Iterable[WebProduct]:
        categories = self._categories({p.categories[0] for p in found if p.categories})
        brands = self._brands({p.brand_id for p in found if p.brand_id})
        for product in found:
            whole = all_variants(self.transport, product).as_read(WHOLE)
            category = categories.get(product.categories[0], "") if product.categories else ""
            yield replace(whole, category=category, brand=brands.get(product.brand_id, ""))

    def _categories(self, ids: Collection[int]) -> Mapping[int, str]:
        if not ids:
            return {}
        query = {"category_id:in": ",".join(map(str, sorted(ids)))}
        found = every(self.transport, _CATEGORIES, read_category, query=query)
        return {category.category_id: category.name for category in found}

    def _brands(self, ids: Collection[int]) -> Mapping[int, str]:
        if not ids:
            return {}
        query = {"id:in": ",".join(map(str, sorted(ids)))}
        found = every(self.transport, _BRANDS, read_brand, query=query)
        return {brand.id: brand.name for brand in found}


def _page_of(ids: Iterable[StoreProductId], after: int) -> list[StoreProductId]:
    return sorted({each for each in ids if each > after})[:PAGE]


def _records(answer: Answer) -> Part[ProductRecord]:
    return part_of(answer, read_found)
