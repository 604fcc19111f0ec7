"""How a BigCommerce product becomes a POS product.

The AmberPOS article: the BigCommerce SKU becomes the product number as it is, the SKU is generated,
the department is the first category, the vendor 'No Vendor'."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tillbridge.domain.errors import Problem
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS
from tillbridge.domain.generated_skus import counter_of
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.names import sku_key
from tillbridge.domain.new_product import NewProduct, NewVariant
from tillbridge.domain.pos_limits import PosLimits
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.product import Barcodes, Product, Variant
from tillbridge.domain.variants import shape
from tillbridge.domain.web_product import WebProduct, WebVariant, known

NO_VENDOR = "No Vendor"


@dataclass(frozen=True, slots=True)
class PlaceInPos:
    """Where a new product goes: the id that names its origin, and its department's and its vendor's."""

    external_id: str
    department_id: str
    vendor_id: str


def import_problem(web: WebProduct, limits: PosLimits) -> Problem | None:
    """Return why a POS of these limits cannot take this product, or None. A product comes in whole or
    not at all: the next push would delete variants that were left out from the store."""
    count = len(web.variants)
    if count > limits.variants:
        return problem_of(
            ProblemCode.TOO_MANY_VARIANTS,
            Case.IMPORT,
            name=web.name,
            count=count,
            limit=limits.variants,
        )
    options = max((len(variant.options) for variant in web.variants), default=0)
    if limits.options is not None and options > limits.options:
        return problem_of(
            ProblemCode.TOO_MANY_OPTIONS, name=web.name, count=options, limit=limits.options
        )
    if any(
        not name.strip() or not value.strip() for v in web.variants for name, value in v.options
    ):
        return problem_of(ProblemCode.OPTION_BLANK, Case.IMPORT, name=web.name)
    if len({shape(variant.options) for variant in web.variants}) < count:
        return problem_of(ProblemCode.OPTION_REPEATED, Case.IMPORT, name=web.name)
    return None


def new_product(
    web: WebProduct, skus: Sequence[str], place: PlaceInPos, limits: PosLimits
) -> NewProduct:
    """Return the product to create in the POS, within the POS's limits. `skus` are its own and then
    one per variant, else ValueError is raised. Raise NotReadError when `web` lacks a field."""
    return NewProduct(
        external_id=place.external_id,
        name=pos_name(web, limits),
        sku=skus[0],
        product_number=web.sku,
        description=known(web.description)[: limits.description],
        department_id=place.department_id,
        vendor_id=place.vendor_id,
        brand=known(web.brand),
        price=_money(known(web.price), limits),
        cost=_cost(known(web.cost), limits),
        upc=known(web.upc),
        gtin=_gtin(known(web.gtin)),
        track_stock=known(web.tracking) != "none",
        active=known(web.visible),
        plain=_plain(web, PLAIN_OF_PRODUCTS),
        images=tuple(image.url for image in known(web.images) if image.url),
        variants=tuple(
            _variant(variant, sku, limits)
            for variant, sku in zip(web.variants, skus[1:], strict=True)
        ),
    )


def as_recorded(new: NewProduct, product: PosProductId, version: int) -> Product:
    """Return the record that the POS should have made of a new product."""
    return Product(
        id=product,
        version=version,
        name=new.name,
        sku=new.sku,
        product_number=new.product_number,
        description=new.description,
        brand=new.brand,
        price=new.price,
        cost=new.cost,
        barcodes=Barcodes(new.upc, new.gtin),
        track_stock=new.track_stock,
        images=new.images,
        options=tuple(name for name, _ in new.variants[0].options) if new.variants else (),
        variants=tuple(
            Variant(
                id=PosVariantId(variant.sku),
                sku=variant.sku,
                option_values=variant.options,
                product_number=variant.product_number,
                price=variant.price,
                cost=variant.cost,
                barcodes=Barcodes(variant.upc, variant.gtin),
                **_by_name(variant.plain),
            )
            for variant in new.variants
        ),
        active=new.active,
        **_by_name(new.plain),
    )


def with_ids_of(expected: Product, record: Product) -> Product:
    """Return the expected record with the ids that the POS gave its variants."""
    ids = {shape(variant.option_values): variant.id for variant in record.variants}
    variants = tuple(
        replace(variant, id=ids.get(shape(variant.option_values), variant.id))
        for variant in expected.variants
    )
    return replace(expected, variants=variants)


def came_in_before(record: Product, web: WebProduct) -> bool:
    """Return whether the POS product was once imported from such a product, and then unlinked or
    linked in another store as well: it has a generated SKU, and the store's SKU as product number.
    The generated SKU must not replace BigCommerce's then either (docs/import.md, What becomes of a
    product)."""
    ours = [(record.sku, record.product_number)]
    ours += [(variant.sku, variant.product_number) for variant in record.variants]
    theirs = {sku_key(sku) for sku in web.skus}
    return any(
        counter_of(sku) is not None and number.strip() and sku_key(number) in theirs
        for sku, number in ours
    )


def carried(web: WebProduct, limits: PosLimits) -> WebProduct:
    """Return the product as an import's message carries it. A description that is too long for the
    POS is cut to one character above its limit, which still shows that; `left_out` counts the rest.
    Some descriptions hold whole pictures, which are too long for a queue."""
    description = known(web.description)
    kept = description[: limits.description + 1]
    left_out = len(description) - len(kept)
    return replace(web, description=kept, left_out=left_out) if left_out else web


def pos_name(web: WebProduct, limits: PosLimits) -> str:
    """Return the name as the POS takes it: not blank, and no longer than it takes."""
    return web.name.strip()[: limits.name].rstrip() or f"BigCommerce product {web.id}"


def _variant(web: WebVariant, sku: str, limits: PosLimits) -> NewVariant:
    return NewVariant(
        sku=sku,
        product_number=web.sku,
        options=web.options,
        price=None if web.price is None else _money(web.price, limits),
        cost=None if web.cost is None else _money(web.cost, limits),
        upc=web.upc,
        gtin=_gtin(web.gtin),
        plain=_plain(web, PLAIN_OF_VARIANTS),
    )


def _plain(web: WebProduct | WebVariant, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, known(getattr(web, name))) for name in names)


def _by_name(plain: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return dict(plain)


def _money(amount: Decimal, limits: PosLimits) -> Decimal:
    rounded = amount.quantize(limits.finest, ROUND_HALF_UP)
    return amount if amount == rounded else rounded


def _cost(amount: Decimal, limits: PosLimits) -> Decimal | None:
    # BigCommerce says 0 where nobody entered a cost.
    return _money(amount, limits) if amount else None


def _gtin(code: str) -> str:
    # A code that is not all digits is not a GTIN, and the POS would keep it as something else.
    return code.strip() if code.strip().isdecimal() and code.strip().isascii() else ""
