"""What a shopkeeper would want to hear before a push, an import or a demo begins."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from cli.deployment.connections import connection_of
from cli.deployment.links import every_link
from cli.deployment.target import Target
from cli.sides.catalogues import pos_records, web_products
from sandbox.pos.glances import glance_of
from sandbox.pos.inputs import ProductInput
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.plausibility import Glance, worth_a_look
from tillbridge.domain.product import Product
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.web_product import NotRead, WebProduct


def about_files(products: Iterable[ProductInput]) -> str:
    """Return what stands out in the products of files, which are all new; '' when nothing does."""
    return worth_a_look((None, Glance(*glance_of(product, None))) for product in products)


def about_imports(products: Iterable[WebProduct]) -> str:
    """Return what stands out in BigCommerce products that would be new in the POS."""
    return worth_a_look((None, _of_web(product)) for product in products)


def about_push(target: Target, store: StoreId, chosen: Collection[str]) -> str:
    """Return what stands out in a push of POS products; those that are linked are compared with what
    BigCommerce has now, which is read."""
    settings = connection_of(target, store).settings
    number_of = {
        str(link.product): link.id
        for link in every_link(target, store).values()
        if link.is_linked and link.id is not None and link.product in chosen
    }
    online = _online(target, store, list(number_of.values()))
    return worth_a_look(
        (online.get(number_of.get(record.id)), _of_pos(record, settings))
        for record in pos_records(target, store)
        if record.id in chosen and (record.id not in number_of or number_of[record.id] in online)
    )


def _online(
    target: Target, store: StoreId, numbers: list[StoreProductId]
) -> dict[StoreProductId | None, Glance]:
    if not numbers:
        return {}
    ask = Ask(ids=tuple(numbers))
    return {product.id: _of_web(product) for product in web_products(target, store, ask)}


def _of_web(product: WebProduct) -> Glance:
    price, units, text = product.price, product.units, product.description
    tracked = product.tracking not in ("none", "")
    return Glance(
        None if isinstance(price, NotRead) else price,
        Decimal(units) if tracked and not isinstance(units, NotRead) else None,
        None if isinstance(text, NotRead) else bool(text.strip()),
    )


def _of_pos(record: Product, settings: Settings) -> Glance:
    found = levels(record, settings).values()
    return Glance(
        record.price if record.knows("price") else None,
        Decimal(sum(level.level for level in found)) if found else None,
        bool(record.description.strip()) if record.knows("description") else None,
    )
