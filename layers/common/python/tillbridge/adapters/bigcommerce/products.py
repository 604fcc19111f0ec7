"""Products: create one, update ten at a time, find by id, name or SKU, list all."""

from collections.abc import Iterator, Mapping, Sequence

from tillbridge.adapters.bigcommerce import images, variants
from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.error_map import words_of
from tillbridge.adapters.bigcommerce.pages import by_id, every, part_of
from tillbridge.adapters.bigcommerce.selections import LISTED, NAMES, PLACED, SKUS, SKUS_OF_VARIANTS
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.warnings import warnings_of
from tillbridge.adapters.bigcommerce.wire import read_found_variant
from tillbridge.adapters.bigcommerce.wire_product import (
    ProductRecord,
    UnreadableProduct,
    read_found,
    read_product,
)
from tillbridge.domain.errors import Gone, LostReply, NeedsAttention, Refused, RetryLater
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import name_key, sku_key
from tillbridge.domain.web_product import WebProduct

PRODUCTS = "/catalog/products"
PRODUCT = "/catalog/products/{product_id}"

CUT_AT = 50
"""A product's answer holds 50 or 250 variants at most, so exactly that many may be only the first
page."""


def create(transport: Transport, payload: Json) -> WebProduct:
    """Create one product by POST. The ids of variants and images are taken from the answer, because
    a list that is read right after a create may miss them; only what the answer leaves out is read.
    Raise LostReply when the product was created and its ids cannot be read."""

    def read(answer: Answer) -> tuple[ProductRecord, str]:
        made = read_product(answer.one)
        return made, words_of(answer.body.get("errors")) if answer.status == 207 else ""

    call = Call("POST", PRODUCTS, body=payload, creates=True)
    made, warning = transport.send(call, read)
    try:
        if len(made.variants or ()) < len(payload.get("variants") or ()):
            made = made.model_copy(update={"variants": variants.of(transport, made.id)})
        if payload.get("images") and not made.images:
            made = made.model_copy(update={"images": images.of(transport, made.id)})
    except (RetryLater, NeedsAttention, Refused) as error:
        # The product exists: the caller must look for it, not create it again.
        raise LostReply("The new product's ids could not be read.") from error
    return made.as_read(PLACED, warning)


def update(transport: Transport, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
    """Update up to 10 products by PUT. Return what BigCommerce did not save, by product. A repeat
    does no harm."""

    def read(answer: Answer) -> Mapping[StoreProductId, str]:
        if answer.status != 207:
            return {}
        ids = [int(item["id"]) for item in items]
        return {StoreProductId(i): words for i, words in warnings_of(answer.body, ids).items()}

    return transport.send(Call("PUT", PRODUCTS, body=list(items)), read)


def highest_id(transport: Transport) -> StoreProductId:
    """Return the highest product id; 0 in an empty store."""
    query = {"sort": "id", "direction": "desc", "limit": "1", **NAMES.query}
    found = transport.send(
        Call("GET", PRODUCTS, query=query),
        lambda answer: part_of(answer, read_found).records,
    )
    return StoreProductId(max((product.id for product in found), default=0))


def find(transport: Transport, product: StoreProductId) -> WebProduct | None:
    """Return one product with variants and images, or None when it was deleted."""
    call = Call("GET", PRODUCT, {"product_id": product}, PLACED.query)
    try:
        found = transport.send(call, lambda answer: read_found(answer.one))
    except Gone:
        return None
    return all_variants(transport, found).as_read(PLACED)


def is_listed(transport: Transport, product: StoreProductId) -> bool:
    """Return whether the list has this product. Raise Gone when the list itself is not found."""
    query = {**NAMES.query, "id:in": str(product)}
    found = every(transport, PRODUCTS, read_product, query=query)
    return any(each.id == product for each in found)


def by_name(transport: Transport, name: str) -> Sequence[WebProduct]:
    """Return the products of exactly this name. BigCommerce's filter may match more loosely."""
    found = every(transport, PRODUCTS, read_found, query={**LISTED.query, "name": name})
    same = [product for product in found if name_key(product.name) == name_key(name)]
    return [all_variants(transport, product).as_read(LISTED) for product in same]


def by_sku(transport: Transport, sku: str) -> Sequence[StoreProductId]:
    """Return the products that have this SKU, themselves or on a variant. The filter of products
    sees only a product's own SKU; the filter of variants sees base variants and real ones."""
    variants_query = {"sku": sku, **SKUS_OF_VARIANTS.query}
    of_variants = every(transport, "/catalog/variants", read_found_variant, query=variants_query)
    products_query = {"sku": sku, **SKUS.query}
    of_products = every(transport, PRODUCTS, read_found, query=products_query)
    holders = [v.product_id for v in of_variants if sku_key(v.sku) == sku_key(sku)]
    holders += [p.id for p in of_products if sku_key(p.sku) == sku_key(sku)]
    return sorted({StoreProductId(holder) for holder in holders})


def walk(transport: Transport, after: int) -> Iterator[WebProduct]:
    """Yield every product with an id above `after`, by ascending id, with its variants."""
    found = by_id(transport, PRODUCTS, read_found, lambda p: p.id, LISTED.query, after=after)
    for product in found:
        yield all_variants(transport, product).as_read(LISTED)


def all_variants(transport: Transport, product: ProductRecord) -> ProductRecord:
    """Return the product with every variant. The variants are read again, to the last page, when
    the answer holds none or a multiple of a page's 50; a product that was deleted since stays as it
    is."""
    whole = product.variants and len(product.variants) % CUT_AT
    if whole or isinstance(product, UnreadableProduct):
        return product
    try:
        return product.model_copy(update={"variants": variants.of(transport, product.id)})
    except Gone:
        return product
