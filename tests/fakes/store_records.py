"""What the fake BigCommerce store keeps: products, variants, options, and the names and SKUs in
use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from tillbridge.domain.errors import Clash, Gone, Refused
from tillbridge.domain.fields import FIELDS, PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import folded, name_key, sku_key
from tillbridge.domain.web_product import NOT_READ, WebImage, WebProduct, WebVariant
from tillbridge.ports.store_api import StoreOption

OWNED = ("weight", "width", "height", "depth", "retail_price", "sale_price")
LOCATION = 1
"""Whose stock stands in every record."""
NAME_CLASH = "The product name is a duplicate"
SKU_CLASH = "The product sku is a duplicate"
_key, _sku_key = cache(name_key), cache(sku_key)
"""Cached: a kill loop asks for the keys of the same few hundred names a hundred million times, and
each create for those of all SKUs."""

_NEEDED = ("name", "type", "weight", "price")


@dataclass(slots=True)
class VariantRecord:
    """A variant; `fields` is what was last written of it, `levels` the stock by location."""

    id: StoreVariantId
    sku: str = ""
    options: tuple[tuple[str, str], ...] = ()
    fields: Json = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class ProductRecord:
    """A product; `fields` is every scalar as it was last written, by whomever."""

    id: StoreProductId
    fields: Json
    base: StoreVariantId | None = None
    variants: dict[StoreVariantId, VariantRecord] = field(default_factory=dict)
    options: dict[int, StoreOption] = field(default_factory=dict)
    images: dict[int, Json] = field(default_factory=dict)
    channels: set[int] = field(default_factory=set)
    levels: dict[int, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name as it was written."""
        return str(self.fields.get("name", ""))

    @property
    def sku(self) -> str:
        """The product's own SKU; variants have theirs."""
        return str(self.fields.get("sku", ""))

    def has_sku(self, wanted: str) -> bool:
        """Return whether it holds the SKU of this key, its variants' included."""
        # Asked of every product at each create, so no property and no generator.
        if _sku_key(self.fields.get("sku") or "") == wanted:
            return True
        return wanted in [_sku_key(variant.sku) for variant in self.variants.values()]

    def shown(self, warning: str = "") -> WebProduct:
        """Return the record as a create's answer and `find` show it: name, SKUs, variants and
        images."""
        return WebProduct(
            id=self.id,
            name=self.name,
            sku=self.sku,
            variants=tuple(map(shown_variant, self.real_variants)),
            base=self.base,
            images=tuple(WebImage(i, str(each["image_url"])) for i, each in self.images.items()),
            thumbnail=next((str(image["image_url"]) for image in self.images.values()), ""),
            warning=warning,
        )

    def listed(self) -> WebProduct:
        """Return the record as lists show it: name, SKUs and variants."""
        return replace(self.shown(), images=NOT_READ, thumbnail=NOT_READ)

    @property
    def real_variants(self) -> list[VariantRecord]:
        """The variants that shoppers choose from."""
        return [variant for variant in self.variants.values() if variant.options]

    def shown_whole(self, brands: Sequence[str]) -> WebProduct:
        """Return the record with every field; a brand's id is its place in `brands`, from 1."""
        fields, brand = self.fields, str(self.fields.get("brand_name", ""))
        return replace(
            self.shown(),
            description=str(fields.get("description", "")),
            price=Decimal(str(fields.get("price", 0))),
            cost=Decimal(str(fields.get("cost_price") or 0)),
            brand_id=brands.index(brand) + 1 if brand in brands else 0,
            upc=str(fields.get("upc", "")),
            gtin=str(fields.get("gtin", "")),
            tracking=str(fields.get("inventory_tracking", "none")),
            visible=bool(fields.get("is_visible", True)),
            level=self.levels.get(LOCATION, 0),
            **_plain(fields, PLAIN_OF_PRODUCTS),
        )


def shown_variant(variant: VariantRecord) -> WebVariant:
    """Return a variant as the port shows it."""
    fields = variant.fields
    return WebVariant(
        id=variant.id,
        sku=variant.sku,
        options=variant.options,
        price=fields.get("price"),
        cost=fields.get("cost_price"),
        upc=str(fields.get("upc", "")),
        gtin=str(fields.get("gtin", "")),
        level=variant.levels.get(LOCATION, 0),
        owned={key: fields[key] for key in OWNED if fields.get(key) is not None},
        **_plain(fields, PLAIN_OF_VARIANTS),
    )


def _plain(fields: Json, names: Iterable[str]) -> dict[str, Any]:
    # A field that cannot be blank has its first choice until somebody sets another.
    return {name: str(fields.get(name, (*FIELDS[name].choices, "")[0])) for name in names}


class StoreRecords:
    """A tiny honest store: what BigCommerce would refuse, it refuses; a refusal changes nothing.

    Images in `unreachable_images`, and any with 'broken' in the address, cannot be fetched."""

    def __init__(self) -> None:
        self.products: dict[StoreProductId, ProductRecord] = {}
        self.brands: dict[str, str] = {}
        self.unreachable_images: set[str] = set()
        self._last_id = 100

    def next_id(self) -> int:
        """Return a number that was never used before."""
        self._last_id += 1
        return self._last_id

    def product(self, product: StoreProductId) -> ProductRecord:
        """Return a product, or raise Gone."""
        if product not in self.products:
            raise Gone(404, f"The product {product} was not found")
        return self.products[product]

    def owner(self, variant: StoreVariantId) -> ProductRecord:
        """Return the product a variant belongs to, or raise Refused (batches of variants know no
        404)."""
        for product in self.products.values():
            if variant in product.variants:
                return product
        raise Refused(422, f"Variant {variant} does not exist", {"id": "does not exist"})

    def check_name(self, name: object, own: StoreProductId | None = None) -> None:
        """Raise Clash when another product has the name, Refused when it is blank or too long."""
        if not isinstance(name, str) or not name.strip() or len(name) > 250:
            raise Refused(422, "Invalid field(s): name", {"name": "must be 1 to 250 characters"})
        wanted = _key(name)
        for number, product in self.products.items():
            if _key(product.fields.get("name") or "") == wanted and number != own:
                raise Clash(409, NAME_CLASH, {"name": NAME_CLASH})

    def check_sku(self, sku: str, own: StoreProductId, *, of_variant: bool) -> None:
        """Raise Clash when another product or a variant of another product has the SKU."""
        wanted = _sku_key(sku)
        if not wanted:
            return
        for number, product in self.products.items():
            if product.has_sku(wanted) and number != own:
                self.sku_clash(sku, of_variant=of_variant)

    @staticmethod
    def sku_clash(sku: str, *, of_variant: bool) -> None:
        """Raise Clash in one of BigCommerce's two wordings for this refusal."""
        if of_variant:
            raise Clash(409, f"Sku {sku} is not unique")
        raise Clash(409, SKU_CLASH, {"sku": SKU_CLASH})

    def create(self, payload: Mapping[str, Any]) -> ProductRecord:
        """Create one product with its base variant or its variants, options and images."""
        absent = {key: f"Please provide a {key}." for key in _NEEDED if payload.get(key) is None}
        if absent:
            raise Refused(422, "Missing Required Fields", absent)
        self.check_name(payload["name"])
        images = self.checked_images(payload.get("images") or [])
        known = {"inventory_tracking": "none", "name": payload["name"]}
        product = ProductRecord(StoreProductId(self.next_id()), known)
        self.write(product, payload)
        variants: Sequence[Json] = payload.get("variants") or []
        for variant in variants:
            self._add_inline(product, variant)
        if not variants:
            base = VariantRecord(StoreVariantId(self.next_id()), product.sku)
            product.base, product.variants = base.id, {base.id: base}
        product.images = {self.next_id(): dict(image) for image in images}
        self.products[product.id] = product
        return product

    def write(self, product: ProductRecord, payload: Mapping[str, Any]) -> None:
        """Write the named scalars and no others; variants within a product are ignored. What it has already is
        nobody else's, so it is not looked for."""
        if "name" in payload and payload["name"] != product.fields.get("name"):
            self.check_name(payload["name"], product.id)
        if payload.get("sku"):
            own = {_sku_key(v.sku) for v in product.variants.values() if v.id != product.base}
            if _sku_key(payload["sku"]) in own:
                self.sku_clash(payload["sku"], of_variant=False)
            if payload["sku"] != product.fields.get("sku"):
                self.check_sku(payload["sku"], product.id, of_variant=False)
        scalars = {k: v for k, v in payload.items() if k not in ("id", "variants", "images")}
        if scalars.get("brand_name"):
            scalars["brand_name"] = self._brand(scalars["brand_name"])
        elif "brand_id" in scalars:
            scalars["brand_name"] = ""
        product.fields |= scalars
        if product.base is not None and "sku" in payload:
            product.variants[product.base].sku = payload["sku"]

    def checked_images(self, images: Sequence[Json]) -> Sequence[Json]:
        """Return the images, or raise Refused when one cannot be fetched."""
        for image in images:
            url = image["image_url"]
            if url in self.unreachable_images or "broken" in url:
                raise Refused(422, "The field 'image_url' is invalid.", {"image_url": "invalid"})
        return images

    def add_variant(
        self, product: ProductRecord, payload: Mapping[str, Any], options: tuple[Any, ...]
    ) -> VariantRecord:
        """Add a real variant; the first one replaces the base variant and takes over its SKU."""
        sku = str(payload.get("sku") or "")
        if not sku:
            raise Refused(422, "Missing Required Fields", {"sku": "Please provide a sku."})
        real = [v for v in product.variants.values() if v.id != product.base]
        if any(set(options) == set(variant.options) for variant in real):
            raise Clash(409, "Variant with the same option values set exists")
        if any(_sku_key(variant.sku) == _sku_key(sku) for variant in real):
            self.sku_clash(sku, of_variant=True)
        self.check_sku(sku, product.id, of_variant=True)
        if product.base is not None:
            del product.variants[product.base]
            product.base = None
            if _sku_key(product.sku) == _sku_key(sku):
                product.fields["sku"] = ""  # it moves to the variant
        elif _sku_key(product.sku) == _sku_key(sku):
            self.sku_clash(sku, of_variant=True)
        variant = VariantRecord(StoreVariantId(self.next_id()), sku, options)
        variant.fields = {k: v for k, v in payload.items() if k not in _STRUCTURE}
        product.variants[variant.id] = variant
        return variant

    def write_variant(self, variant: VariantRecord, payload: Mapping[str, Any]) -> None:
        """Write the named fields; option values cannot be changed and are ignored."""
        product = self.owner(variant.id)
        if payload.get("sku"):
            others = [v for v in product.variants.values() if v.id != variant.id]
            if any(_sku_key(v.sku) == _sku_key(payload["sku"]) for v in others):
                self.sku_clash(payload["sku"], of_variant=True)
            if payload["sku"] != variant.sku:
                self.check_sku(payload["sku"], product.id, of_variant=True)
            variant.sku = payload["sku"]
            if variant.id == product.base:
                product.fields["sku"] = payload["sku"]
        variant.fields |= {k: v for k, v in payload.items() if k not in _STRUCTURE}

    def holders_of(self, sku: str) -> Iterator[StoreProductId]:
        """Yield the products that have the SKU, their own or a variant's."""
        key = _sku_key(sku)
        return (p.id for p in self.products.values() if key and p.has_sku(key))

    def _add_inline(self, product: ProductRecord, payload: Json) -> None:
        pairs = tuple(
            (value["option_display_name"], value["label"]) for value in payload["option_values"]
        )
        for name, label in pairs:
            option = next((o for o in product.options.values() if o.name == name), None)
            if option is None:
                option = StoreOption(self.next_id(), name, {})
            values = dict(option.values)
            values.setdefault(label, self.next_id())
            product.options[option.id] = StoreOption(option.id, name, values)
        self.add_variant(product, payload, pairs)

    def _brand(self, name: str) -> str:
        return self.brands.setdefault(folded(name), name.strip())


_STRUCTURE = ("id", "product_id", "sku", "option_values")
