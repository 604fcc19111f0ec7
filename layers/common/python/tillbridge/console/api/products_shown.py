"""From a product as the use case shows it to what the API answers."""

from collections.abc import Iterable

from tillbridge.console.api import shown
from tillbridge.console.api.models import products as product_models
from tillbridge.domain.view_rows import ViewRow
from tillbridge.usecases.console.list_products import LISTED, Shown, Waiting
from tillbridge.usecases.console.product_shown import (
    FieldShown,
    LevelShown,
    ProductShown,
    VariantShown,
    WaitingShown,
)


def product(it: ProductShown) -> product_models.Product:
    """Return a product."""
    return product_models.Product(
        id=it.product,
        number=it.number,
        name=it.name,
        pos=_row(it.pos, it.waiting),
        web=_row(it.web, it.waiting),
        fields=[_field(each) for each in it.fields],
        variants=[_variant(each) for each in it.variants],
        variants_left=it.variants_left,
        level=_level(it.level),
        waiting=[_waiting(each) for each in it.waiting],
        pos_seen_at=shown.when(it.pos_seen_ms),
        web_seen_at=shown.when(it.web_seen_ms),
        promised=it.promised,
    )


def _row(row: ViewRow | None, waiting: Iterable[WaitingShown]) -> product_models.Row | None:
    """Return a row as a list shows it, with the most urgent of what waits."""
    if row is None:
        return None
    listed = [each for each in waiting if each.lane in LISTED]
    first = min(listed, key=lambda each: LISTED.index(each.lane), default=None)
    if first is None:
        return shown.row(Shown(row))
    because = first.because[-1] if first.because else ""
    return shown.row(Shown(row, Waiting(first.lane, first.since_ms, because, first.by)))


def _field(it: FieldShown) -> product_models.ProductField:
    return product_models.ProductField(
        field=it.label,
        owner="bigcommerce" if it.mode is None else "pos",
        mode=it.mode,
        pos=it.pos,
        web=it.online,
        state=it.state,
        last_sent=it.sent,
        last_sent_at=shown.when(it.sent_ms),
        place=it.place,
        words=it.words,
    )


def _level(it: LevelShown | None) -> product_models.ProductLevel | None:
    if it is None:
        return None
    return product_models.ProductLevel(
        on_hand=it.on_hand,
        promised=it.promised,
        kept_back=it.kept_back,
        level=it.level,
        online=it.online,
    )


def _variant(it: VariantShown) -> product_models.ProductVariant:
    return product_models.ProductVariant(
        id=it.variant,
        name=it.name,
        number=it.number,
        fields=[_field(each) for each in it.fields],
        level=_level(it.level),
    )


def _waiting(it: WaitingShown) -> product_models.ProductWaiting:
    return product_models.ProductWaiting(
        lane=it.lane,
        since=shown.when(it.since_ms),
        attempts=it.attempts,
        by=it.by,
        because=list(it.because),
    )
