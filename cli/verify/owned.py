"""The eight things that the Retail POS article leaves to the web staff: did any change?"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cli.verify.model import Json, StoreSide, Touch
from cli.verify.pos_values import options_text
from cli.verify.store_reader import OWNED, PAGE_WITH_MODIFIERS, open_store, products

type Snapshot = dict[int, Json]
"""By BigCommerce product id: {name, fields{}, variants{variant id: {base, called, fields{}}}}."""

THINGS: Mapping[str, tuple[str, ...]] = {
    "Weight": ("weight",),
    "Sizing": ("width", "height", "depth"),
    "MSRP (Retail Price)": ("retail_price",),
    "Sale Price": ("sale_price",),
    "Tax Code": ("tax_class_id", "product_tax_code"),
    "Customizations": ("modifiers",),
    "SEO": ("page_title", "meta_keywords", "meta_description", "search_keywords", "custom_url"),
    "Custom fields": ("custom_fields",),
}
"""The article's eight things, each with its BigCommerce fields (products_catalog.v3.yml)."""

_FIELDS = tuple(field for fields in THINGS.values() for field in fields)
_OF_VARIANTS = ("weight", "width", "height", "depth", "retail_price", "sale_price")
_THING_OF = {field: thing for thing, fields in THINGS.items() for field in fields}


def snapshot_owned(store: StoreSide) -> Snapshot:
    """Read the eight things of every product and variant. Raise ReadFailedError.

    BigCommerce returns ten products per call when modifiers are included."""
    with open_store(store) as reader:
        return {
            int(product["id"]): _kept(product)
            for product in products(reader, OWNED, PAGE_WITH_MODIFIERS)
        }


def compare_owned(
    before: Snapshot, after: Snapshot, *, deleted_by_people: Collection[int] = ()
) -> list[Touch]:
    """Return the values that are not as the web staff left them.

    These are not touches: a product that the web staff deleted, a variant that the POS added or
    removed, and a first real variant that has the values of the base variant. A changed address
    (custom_url) is a touch: BigCommerce keeps an existing address when a product is renamed."""
    touches: list[Touch] = []
    for number, old in before.items():
        if number in deleted_by_people:
            continue
        new = after.get(number)
        if new is None:
            touches.append(_touch(number, old, "product", "there", "gone"))
        else:
            touches += _product_touches(number, old, new)
    return touches


def _kept(product: Json) -> Json:
    return {
        "name": product["name"],
        "fields": {field: product.get(field) for field in _FIELDS},
        "variants": {
            int(variant["id"]): {
                "base": not variant["option_values"],
                "called": options_text(
                    (chosen["option_display_name"], chosen["label"])
                    for chosen in variant["option_values"]
                ),
                "fields": {field: variant.get(field) for field in _OF_VARIANTS},
            }
            for variant in product.get("variants") or ()
        },
    }


def _product_touches(number: int, old: Json, new: Json) -> Iterator[Touch]:
    for field, value in old["fields"].items():
        if not _same(value, new["fields"][field]):
            yield _touch(number, new, field, value, new["fields"][field])
    for variant, kept in old["variants"].items():
        now = new["variants"].get(variant)
        if now is not None:
            for field, value in kept["fields"].items():
                if not _same(value, now["fields"][field]):
                    yield _touch(number, new, field, value, now["fields"][field], variant)
        elif kept["base"]:
            yield from _inheritance(number, old, new, kept)


def _inheritance(number: int, old: Json, new: Json, base: Json) -> Iterator[Touch]:
    heirs = {
        variant: kept
        for variant, kept in new["variants"].items()
        if variant not in old["variants"] and not kept["base"]
    }
    for field in _OF_VARIANTS:
        left = _in_force(base, old, field)
        values = {variant: _in_force(kept, new, field) for variant, kept in heirs.items()}
        if values and not any(_same(left, value) for value in values.values()):
            first = min(values)
            yield _touch(number, new, field, left, values[first], first)


def _in_force(variant: Json, product: Json, field: str) -> Any:
    own = variant["fields"][field]
    return own if own is not None else product["fields"][field]


def _same(before: Any, after: Any) -> bool:
    # Python, too, takes 5, 5.0 and Decimal("5.00") as equal.
    return bool(before == after)


def _touch(
    number: int, product: Json, field: str, before: Any, after: Any, variant: int | None = None
) -> Touch:
    thing = _THING_OF.get(field, "Product")
    kept = product["variants"].get(variant) if variant is not None else None
    which = f" ({kept['called']})" if kept and kept["called"] else ""
    return Touch(
        bc_id=number,
        field=field,
        before=before,
        after=after,
        words=(
            f"{product['name']}{which}: {thing} ({field}) belongs to BigCommerce and was "
            f"{_text(before)}, but is {_text(after)} now."
        ),
        variant=variant,
    )


def _text(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value, default=str, ensure_ascii=False)
    return "blank" if value in (None, "") else str(value)
