"""`POST /products`: ids only, no version, no key that makes a second one harmless (fact 7)."""

from typing import Any

from sandbox.lightspeed_x.calls.bodies import body_of
from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.refusal import invalid
from sandbox.lightspeed_x.catalog.new_product import NewProduct, NewUnit, NewVariant
from sandbox.lightspeed_x.catalog.units import (
    Fields,
    given_codes,
    price_of,
    size_fields,
    unit_fields,
)
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.names import NamedRow, Names
from sandbox.lightspeed_x.wire.codes import codes_of


def post_product(call: Call) -> Answer:
    """Make a product, or a family with its variants. Raises Refusal 422 and then makes nothing."""
    account = call.account
    given = _cut(body_of(call, NewProduct), account.hazards.plan.longest_text)
    _refuse_taken_name(account, given.name)
    _refuse_taken_codes(account, given)
    _refuse_prices(account, given)
    named = _named(account, given)
    fields = _fields(account, given)
    fields |= {kind: row.name for kind, row in named.items()}
    saved = account.cloud.save_product(**fields)
    product_id = saved["products"][0]["product_id"]
    account.chosen[product_id] = named
    account.book.created(account.cloud.catalogue.get(product_id))
    members = account.book.families.members(product_id)
    # Which of them is the parent, only a read tells: the order says nothing.
    return Answer({"data": list(reversed(members.values()))})


def _cut(given: NewProduct, longest: int | None) -> NewProduct:
    """Return a product whose texts are no longer than this."""
    if longest is None:
        return given

    def short(unit: NewUnit) -> Fields:
        return {"sku": unit.sku[:longest], "supplier_code": unit.supplier_code[:longest]}

    variants = [each.model_copy(update=short(each)) for each in given.variants]
    own = {"name": given.name[:longest], "variants": variants}
    return given.model_copy(update=short(given) | own)


def _fields(account: Account, given: NewProduct) -> Fields:
    fields: Fields = {
        "name": given.name.strip(),
        "description_html": given.description,
        "active": given.is_active,
        "images": [{"url": image.location} for image in _images(given)],
        "external_ids": {"source_id": given.source_id} if given.source_id else {},
    }
    fields |= size_fields(given)
    if not given.variants:
        return fields | unit_fields(account, given)
    if given.sku or given.product_codes or given.inventory:
        raise invalid("sku, product_codes and inventory are those of the variants.")
    fields["price"] = price_of(account, given) or price_of(account, given.variants[0])
    fields["variants"] = _variants(account, given)
    return fields


def _images(given: NewProduct) -> list[Any]:
    return sorted(given.images, key=lambda image: image.index)


def _variants(account: Account, given: NewProduct) -> list[Fields]:
    variants: list[Fields] = []
    seen: set[tuple[tuple[str, str], ...]] = set()
    attributes = {each.attribute_id for each in given.variants[0].variant_definitions}
    for variant in given.variants:
        values = _values(account, variant, attributes)
        if values in seen:
            raise invalid("Two variants have the same values.")
        seen.add(values)
        options = [{"name": name, "value": value} for name, value in values]
        variants.append(unit_fields(account, variant) | {"option_values": options})
    return variants


def _values(
    account: Account, variant: NewVariant, attributes: set[str]
) -> tuple[tuple[str, str], ...]:
    values: list[tuple[str, str]] = []
    for each in variant.variant_definitions:
        known = account.names.attributes.find(each.attribute_id)
        if known is None:
            raise invalid(f"There is no variant attribute {each.attribute_id}.")
        values.append((known.name, each.value))
    if {each.attribute_id for each in variant.variant_definitions} != attributes:
        raise invalid("All variants of a family have the same attributes.")
    if len(values) != len(attributes):
        raise invalid("A variant has one value for each attribute.")
    return tuple(values)


def _named(account: Account, given: NewProduct) -> dict[str, NamedRow]:
    """Return the supplier, brand and category that are meant, by the shop's words for them."""
    names = account.names
    supplier = given.supplier_id or next((s.supplier_id for s in given.product_suppliers), "")
    category = given.product_category_id or given.product_type_id
    wanted: list[tuple[str, str, Names]] = [
        ("vendor", supplier, names.suppliers),
        ("brand", given.brand_id, names.brands),
        ("department", category, names.categories),
    ]
    found: dict[str, NamedRow] = {}
    for kind, row_id, rows in wanted:
        row = rows.find(row_id) if row_id else None
        if row is not None:
            found[kind] = row
        elif row_id:
            raise invalid(f"There is no {rows.kind} {row_id}.")
    if category and not names.categories.is_leaf(category):
        raise invalid("Only a category of the last level (leaf) may be assigned.")
    return found


def _refuse_taken_name(account: Account, name: str) -> None:
    """A name is a family's, and no two families have one (fact 6)."""
    key = name.strip().casefold()
    if not key:
        raise invalid("name is required.")
    if any(product.name.strip().casefold() == key for product in account.cloud.catalogue.live()):
        raise invalid(f"A product with the name {name.strip()!r} already exists.")


def _refuse_taken_codes(account: Account, given: NewProduct) -> None:
    wanted: set[str] = set()
    for unit in (given, *given.variants):
        if wanted & given_codes(unit):
            raise invalid("A code occurs twice.")
        wanted |= given_codes(unit)
    if not wanted:
        return
    for row in account.book.products.every():
        if row.deleted_at is None:
            taken = wanted & {code.strip().casefold() for _, code in codes_of(row)}
            if taken:
                raise invalid(f"The code {min(taken)!r} is another product's SKU or barcode.")


def _refuse_prices(account: Account, given: NewProduct) -> None:
    """Exactly one price is given, by the product or by every variant."""
    prices = [price_of(account, unit) for unit in (given, *given.variants)]
    if prices[0] is None and (not given.variants or None in prices[1:]):
        raise invalid("Give price_including_tax or price_excluding_tax.")
