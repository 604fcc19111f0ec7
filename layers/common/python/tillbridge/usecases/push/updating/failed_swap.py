"""After a swap that failed halfway: replace temporary names and SKUs, so that shoppers see none."""

import logging
from collections.abc import Iterable
from functools import partial

from tillbridge.domain.errors import Refused
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import clean_name
from tillbridge.domain.plan import Update, VariantUpdate
from tillbridge.domain.remembered.doubts import CONTENT_PARTS
from tillbridge.domain.sent_skus import product_sku, variant_sku
from tillbridge.usecases.push.slice.calls import write
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)


def clear_temporary_values(session: Session, freed: Iterable[Update]) -> None:
    """Give each product the name or SKU it wants, or else the one it had: when a swap stops, one of
    the two is free."""
    for update in freed:
        if not any(_takes(session, update, values) for values in (_wanted(update), _had(update))):
            log.warning("temporary value stays", extra={"product_id": update.work.product})


def _takes(session: Session, update: Update, values: Json) -> bool:
    api = session.api
    payload = {key: values[key] for key in update.payload}
    try:
        if isinstance(update, VariantUpdate):
            product = update.work.id
            call = partial(api.update_variant, product, update.id, payload)
            write(session, [update.work.link], CONTENT_PARTS, call)
        else:
            batch = partial(api.update_products, [{"id": update.id, **payload}])
            write(session, [update.work.link], CONTENT_PARTS, batch)
    except Refused:
        return False
    return True


def _wanted(update: Update) -> Json:
    record, link = update.work.record, update.work.link
    if isinstance(update, VariantUpdate):
        mine = next(variant for variant in record.variants if variant.id == update.variant)
        return {"sku": variant_sku(mine, link)}
    return {"name": clean_name(record.name), "sku": product_sku(record, link)}


def _had(update: Update) -> Json:
    link = update.work.link
    if isinstance(update, VariantUpdate):
        return {"sku": link.variants[update.variant].sku}
    return {"name": link.name, "sku": link.sku}
