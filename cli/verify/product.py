"""Comparing one linked product, field by field and variant by variant."""

from collections.abc import Iterator

from cli.verify import in_pos, in_store
from cli.verify.fields import FIELDS, is_compared, is_forced, same, shown
from cli.verify.in_pos import Values
from cli.verify.levels import wrong_level
from cli.verify.model import Json, Mismatch
from cli.verify.pos_values import PosUnit
from cli.verify.promised import NONE_PROMISED, ByVariant
from cli.verify.store_reader import Online

_OTHER_LABELS = {"images": "number of images", "variant": "variant"}


def differences(
    link: Json,
    record: Json,
    product: Json,
    online: Online,
    settings: Json,
    promised: ByVariant = NONE_PROMISED,
) -> Iterator[Mismatch]:
    """Yield each POS-owned value that differs between a POS record and its BigCommerce product.
    `promised`: what the web has sold that this record does not contain."""
    expected = in_pos.product_values(record, settings)
    if link.get("came_with_sku") and "sku" in expected:
        _came_with(expected, in_pos.web_sku(record))
    actual = in_store.product_values(product, online)
    yield from _fields(link, PosUnit(record, settings), expected, actual, promised)
    if in_pos.is_deleted(record):
        return
    yield from _images(link, record, product, settings)
    shown_by_both = expected.get("visibility") and actual["visibility"]
    if is_compared("visibility", settings) and shown_by_both:
        yield from _channel(link, record, product)
    # When stock is counted in the wrong place, levels cannot be compared.
    countable = expected.get("tracking") == actual["tracking"]
    yield from _variants(link, record, product, online, settings, promised, countable=countable)


def _came_with(expected: Values, web_sku: str | None) -> None:
    """Expect the SKU that an imported product had online; when it is unknown, compare no SKU."""
    if web_sku is None:
        expected.pop("sku", None)
    else:
        expected["sku"] = web_sku


def _fields(
    link: Json,
    unit: PosUnit,
    expected: Values,
    actual: Values,
    promised: ByVariant,
    called: str | None = None,
) -> Iterator[Mismatch]:
    variant = "" if unit.variant is None else unit.own["id"]
    tracked_alike = expected.get("tracking") == actual.get("tracking")
    for field, wanted in expected.items():
        if not is_compared(field, unit.settings) or in_pos.is_held(link, field, variant):
            continue
        if field == "stock":
            if tracked_alike:
                yield from _level(link, unit, actual[field], promised, called)
        elif not same(field, wanted, actual[field]):
            yield _mismatch(
                link, unit.record, field, shown(field, wanted), shown(field, actual[field]), called
            )


def _level(
    link: Json, unit: PosUnit, online: int, promised: ByVariant, variant: str | None
) -> Iterator[Mismatch]:
    who = in_pos.called(unit.record) + (f" ({variant})" if variant else "")
    of = promised.get("" if unit.variant is None else str(unit.own["id"]))
    if wrong := wrong_level(unit, online, of, who):
        yield Mismatch(
            pos_id=unit.record["id"],
            bc_id=link["bc_id"],
            field="stock",
            pos=wrong.should,
            store=str(online),
            words=wrong.words,
            variant=variant,
            too=wrong.too,
        )


def _images(link: Json, record: Json, product: Json, settings: Json) -> Iterator[Mismatch]:
    if not is_forced("images", settings):
        return
    wanted = in_pos.fetchable_images(record, " ".join(link.get("notes") or ()))
    there = len(product.get("images") or ())
    # Images that other people added stay, so there may be more.
    if there < wanted:
        yield _mismatch(link, record, "images", str(wanted), str(there))


def _channel(link: Json, record: Json, product: Json) -> Iterator[Mismatch]:
    if not in_store.on_a_channel(product):
        yield _mismatch(link, record, "visibility", "shown", "on no sales channel")


def _variants(
    link: Json,
    record: Json,
    product: Json,
    online: Online,
    settings: Json,
    promised: ByVariant,
    *,
    countable: bool,
) -> Iterator[Mismatch]:
    if "variants" not in record:
        return
    ids = {pos: int(number) for pos, number in (link.get("variants") or {}).items()}
    there = in_store.real_variants(product)
    for variant in record["variants"]:
        expected = in_pos.variant_values(record, variant, settings)
        if link.get("came_with_sku"):
            number = in_pos.web_sku(variant)
            _came_with(expected, expected.get("sku") if number == "" else number)
        called = expected.get("options", variant["id"])
        found = there.pop(ids.get(variant["id"], -1), None)
        if found is None:
            yield _mismatch(link, record, "variant", "there", "missing", called)
            continue
        actual = in_store.variant_values(product, found, online)
        if not countable:
            expected.pop("stock", None)
        unit = PosUnit(record, settings, variant)
        yield from _fields(link, unit, expected, actual, promised, called)
    for extra in there.values():
        called = in_store.variant_values(product, extra, online)["options"]
        yield _mismatch(link, record, "variant", "missing", "there", called)


def _mismatch(
    link: Json, record: Json, field: str, pos: str, store: str, variant: str | None = None
) -> Mismatch:
    who = in_pos.called(record)
    label = FIELDS[field].label if field in FIELDS else _OTHER_LABELS[field]
    which = f" ({variant})" if variant else ""
    return Mismatch(
        pos_id=record["id"],
        bc_id=link["bc_id"],
        field=field,
        pos=pos,
        store=store,
        words=f"{who}{which}: {label} is {pos} in the POS and {store} online.",
        variant=variant,
    )
