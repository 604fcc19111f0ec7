"""ports.store_catalogue.StoreCatalogue over BigCommerce's REST API."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import every
from tillbridge.adapters.bigcommerce.products import PRODUCTS
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.variants import CUT_AT
from tillbridge.adapters.bigcommerce.wire import ChosenValue, read_category, reader
from tillbridge.domain.errors import Gone
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.web_product import WebImage, WebProduct, WebVariant
from tillbridge.ports.store_catalogue import PAGE, Page

FIELDS = (
    "name,description,sku,price,cost_price,brand_id,categories,upc,gtin,inventory_tracking,"
    "inventory_level,is_visible,type"
)
_CATEGORIES = "/catalog/trees/categories"
_BRANDS = "/catalog/brands"

type _Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
type _Amount = Annotated[Decimal, BeforeValidator(lambda value: value or 0)]
type _Maybe = Annotated[
    Decimal | None, BeforeValidator(lambda value: None if value == "" else value)
]
type _Count = Annotated[int, BeforeValidator(lambda value: value or 0)]
type _Items[T] = Annotated[tuple[T, ...], BeforeValidator(lambda value: value or ())]


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


class _Variant(_Record):
    id: int
    sku: _Text = ""
    price: _Maybe = None
    cost_price: _Maybe = None
    upc: _Text = ""
    gtin: _Text = ""
    inventory_level: _Count = 0
    option_values: _Items[ChosenValue] = ()

    def shown(self) -> WebVariant:
        return WebVariant(
            id=StoreVariantId(self.id),
            options=tuple((v.option_display_name, v.label) for v in self.option_values),
            sku=self.sku,
            price=self.price,
            cost=self.cost_price,
            upc=self.upc,
            gtin=self.gtin,
        )


class _Image(_Record):
    id: int
    url_zoom: _Text = ""
    url_standard: _Text = ""
    image_url: _Text = ""
    sort_order: int | None = None

    def shown(self) -> WebImage:
        return WebImage(self.id, self.url_zoom or self.url_standard or self.image_url)


class _Product(_Record):
    id: int
    name: _Text = ""
    description: _Text = ""
    sku: _Text = ""
    price: _Amount = Decimal(0)
    cost_price: _Amount = Decimal(0)
    brand_id: int | None = None
    categories: _Items[int] = ()
    upc: _Text = ""
    gtin: _Text = ""
    inventory_tracking: _Text = "none"
    inventory_level: _Count = 0
    is_visible: bool = True
    type: _Text = "physical"
    variants: _Items[_Variant] = ()
    images: _Items[_Image] = ()


class _Brand(_Record):
    id: int
    name: _Text = ""


_read_product = reader(_Product)
_read_variant = reader(_Variant)
_read_brand = reader(_Brand)


@dataclass(frozen=True, slots=True)
class BigCommerceCatalogue:
    """The store that `transport` reaches."""

    transport: Transport

    def page(self, ask: Ask, after: int) -> Page:
        """One page, by ascending id: what comes or goes meanwhile shifts nothing."""
        lists = [self._list(filters, after) for filters in self._narrowed(ask, after)]
        # Where one list goes on, the page ends with it: what the others have beyond comes next.
        end = min((max(each.id for each in one) for one, more in lists if more), default=None)
        found = {each.id: each for one, _ in lists for each in one if end is None or each.id <= end}
        products = tuple(self._whole([found[number] for number in sorted(found)]))
        if end is not None:
            return Page(products, end, more=True)
        if ask.ids and lists:
            last = _page_of(ask.ids, after)[-1]
            return Page(products, last, more=bool(_page_of(ask.ids, last)))
        return Page(products, max(found, default=after), more=False)

    def _list(self, filters: Mapping[str, str], after: int) -> tuple[list[_Product], bool]:
        """What one list shows above `after`, and whether it goes on."""
        query = {
            "include": "variants,images",
            "include_fields": FIELDS,
            "limit": str(PAGE),
            "sort": "id",
            "direction": "asc",
            "id:greater": str(after),
            **filters,
        }
        found, total = self.transport.send(Call("GET", PRODUCTS, query=query), _records)
        fresh = [product for product in found if product.id > after]
        return fresh, bool(fresh) and (total is None or len(found) < total)

    def _narrowed(self, ask: Ask, after: int) -> Sequence[Mapping[str, str]]:
        """The filters of each list that answers a request: one, or one for each category of the
        name, since `categories:in` finds only what is in all of them; none when nothing can fit."""
        narrowed: dict[str, str] = {}
        if ask.ids:
            ids = _page_of(ask.ids, after)
            if not ids:
                return []
            narrowed["id:in"] = ",".join(map(str, ids))
        if ask.brand:
            brands = every(self.transport, _BRANDS, _read_brand, query={"name": ask.brand})
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

    def _whole(self, found: Collection[_Product]) -> Iterable[WebProduct]:
        categories = self._categories({p.categories[0] for p in found if p.categories})
        brands = self._brands({p.brand_id for p in found if p.brand_id})
        for product in found:
            category = categories.get(product.categories[0], "") if product.categories else ""
            brand = brands.get(product.brand_id or 0, "")
            yield _shown(product, self._variants(product), category, brand)

    def _variants(self, product: _Product) -> tuple[_Variant, ...]:
        if product.variants and len(product.variants) % CUT_AT:
            return product.variants
        # As many variants as a page of them holds, or none: the answer may have been cut.
        try:
            template = PRODUCTS + "/{product_id}/variants"
            ids = {"product_id": product.id}
            return tuple(every(self.transport, template, _read_variant, ids=ids))
        except Gone:
            return product.variants  # deleted since

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
        found = every(self.transport, _BRANDS, _read_brand, query=query)
        return {brand.id: brand.name for brand in found}


def _page_of(ids: Iterable[StoreProductId], after: int) -> list[StoreProductId]:
    return sorted({each for each in ids if each > after})[:PAGE]


def _records(answer: Answer) -> tuple[list[_Product], int | None]:
    return [_read_product(item) for item in answer.many], answer.total


def _shown(
    product: _Product, variants: Iterable[_Variant], category: str, brand: str
) -> WebProduct:
    images = sorted(product.images, key=lambda image: (image.sort_order or 0, image.id))
    real = [variant for variant in variants if variant.option_values]
    return WebProduct(
        id=StoreProductId(product.id),
        name=product.name,
        description=product.description,
        sku=product.sku,
        price=product.price,
        cost=product.cost_price,
        brand=brand,
        category=category,
        upc=product.upc,
        gtin=product.gtin,
        tracking=product.inventory_tracking,
        visible=product.is_visible,
        kind=product.type,
        images=tuple(shown for image in images if (shown := image.shown()).url),
        # A product without options has one variant, the base, which is the product itself.
        variants=tuple(variant.shown() for variant in real),
        level=sum(v.inventory_level for v in real) if real else product.inventory_level,
    )
