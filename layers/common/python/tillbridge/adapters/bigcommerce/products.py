"""Products: create, update ten at a time, look up, walk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tillbridge.adapters.bigcommerce import images, variants
from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.error_map import words_of
from tillbridge.adapters.bigcommerce.pages import by_id, every
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.warnings import warnings_of
from tillbridge.adapters.bigcommerce.wire import Product, read_found_variant, read_product
from tillbridge.domain.errors import Gone, LostReply, NeedsAttention, Refused, RetryLater
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import name_key, sku_key
from tillbridge.ports.store_api import StoreProduct

PRODUCTS = "/catalog/products"
PRODUCT = "/catalog/products/{product_id}"

_LISTED = {"include": "variants", "include_fields": "name,sku"}


def create(transport: Transport, payload: Json) -> StoreProduct:
    """POST: one product. Ids of variants and images come from the answer, because lists read
    straight after a create may miss them; only what the answer leaves out is read."""

    def read(answer: Answer) -> StoreProduct:
        warning = words_of(answer.body.get("errors")) if answer.status == 207 else ""
        return read_product(answer.one).shown(warning)

    call = Call("POST", PRODUCTS, body=payload, creates=True)
    made = transport.send(call, read)
    try:
        if len(made.variants) < len(payload.get("variants") or ()):
            made = replace(made, variants=tuple(variants.of(transport, made.id)))
        if payload.get("images") and not made.image_ids:
            made = replace(made, image_ids=tuple(images.of(transport, made.id)))
    except (RetryLater, NeedsAttention, Refused) as error:
        # The product is there: whoever asked must look for it, not make it again.
        raise LostReply("The new product's ids could not be read.") from error
    return made


def update(transport: Transport, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
    """PUT: up to 10 at once; a repeat does no harm."""

    def read(answer: Answer) -> Mapping[StoreProductId, str]:
        if answer.status != 207:
            return {}
        ids = [int(item["id"]) for item in items]
        return {StoreProductId(i): words for i, words in warnings_of(answer.body, ids).items()}

    return transport.send(Call("PUT", PRODUCTS, body=list(items)), read)


def highest_id(transport: Transport) -> StoreProductId:
    """The highest id there is; 0 in an empty store."""
    query = {"sort": "id", "direction": "desc", "limit": "1", "include_fields": "name"}
    found = transport.send(
        Call("GET", PRODUCTS, query=query),
        lambda answer: [read_product(item) for item in answer.many],
    )
    return StoreProductId(max((product.id for product in found), default=0))


def find(transport: Transport, product: StoreProductId) -> StoreProduct | None:
    """One product with variants and images."""
    query = {"include": "variants,images", "include_fields": "name,sku"}
    call = Call("GET", PRODUCT, {"product_id": product}, query)
    try:
        found = transport.send(call, lambda answer: read_product(answer.one))
        return _whole(transport, found)
    except Gone:
        return None


def by_name(transport: Transport, name: str) -> Sequence[StoreProduct]:
    """Products of exactly this name; the filter's own idea of equal names is not trusted."""
    found = every(transport, PRODUCTS, read_product, query={**_LISTED, "name": name})
    same = [product for product in found if name_key(product.name) == name_key(name)]
    return [_whole(transport, product) for product in same]


def by_sku(transport: Transport, sku: str) -> Sequence[StoreProductId]:
    """Products that have the SKU: the products' filter sees only their own, the variants' filter
    base variants and real ones."""
    variants_query = {"sku": sku, "include_fields": "sku,product_id"}
    of_variants = every(transport, "/catalog/variants", read_found_variant, query=variants_query)
    products_query = {"sku": sku, "include_fields": "sku"}
    of_products = every(transport, PRODUCTS, read_product, query=products_query)
    holders = [v.product_id for v in of_variants if sku_key(v.sku) == sku_key(sku)]
    holders += [p.id for p in of_products if sku_key(p.sku) == sku_key(sku)]
    return sorted({StoreProductId(holder) for holder in holders})


def walk(transport: Transport, after: int) -> Iterator[StoreProduct]:
    """Every product of a higher id than `after`, by ascending id, with its variants."""
    for product in by_id(transport, PRODUCTS, read_product, lambda p: p.id, _LISTED, after=after):
        yield _whole(transport, product)


def _whole(transport: Transport, product: Product) -> StoreProduct:
    shown = product.shown()
    if product.variants and len(product.variants) % variants.CUT_AT:
        return shown
    # As many variants as a page of them holds, or none: the answer may have been cut.
    try:
        return replace(shown, variants=tuple(variants.of(transport, shown.id)))
    except Gone:
        return shown  # deleted since
