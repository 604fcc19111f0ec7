"""What BigCommerce can never take, found before a call is spent on it."""

from collections.abc import Iterator
from decimal import Decimal

from tillbridge.domain.errors import Problem
from tillbridge.domain.fields import FIELDS, Entry
from tillbridge.domain.names import (
    NAME_LIMIT,
    SKU_LIMIT,
    clean_name,
    name_key,
    odd_characters,
    sku_key,
    trimmed,
)
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.product import Barcodes, Product, Variant
from tillbridge.domain.variants import Shape, shape

VARIANT_LIMIT = 600
URL_LIMIT = 255
OPTION_TEXT_LIMIT = 255
BARCODE_LIMIT = 14
OPTION_VALUES_LIMIT = 250
REMEMBERED_LIMIT = 300_000
"""Bytes of variants and image addresses: a link is one row, and a row of DynamoDB holds 400 kB."""

PRODUCT = "the product"
"""The product itself in words about it; `describe` names a variant."""
_BESIDE_EACH = 100
"""Bytes that a link keeps of a variant besides its texts: ids, fingerprint, level."""


def problems(product: Product) -> list[Problem]:
    """Return every reason why BigCommerce must refuse `product`; empty when there is none."""
    if product.unreadable:
        what = product.unreadable
        return [problem_of(ProblemCode.POS_RECORD_UNREADABLE, field=what, what=what)]
    return [
        *_name(product),
        *_money(product),
        *_variants(product),
        *_option_values(product),
        *_remembered(product),
        *_codes(product),
        *_plain(product),
    ]


def _name(product: Product) -> Iterator[Problem]:
    name = clean_name(product.name)
    if not name and product.knows("name"):
        yield problem_of(ProblemCode.NAME_BLANK)
    if len(name) > NAME_LIMIT:
        yield problem_of(ProblemCode.NAME_TOO_LONG, count=len(name), limit=NAME_LIMIT)


def _money(product: Product) -> Iterator[Problem]:
    yield from _amounts(product.price, product.cost, PRODUCT)
    for variant in product.variants:
        yield from _amounts(variant.price, variant.cost, describe(variant))


def _amounts(price: Decimal | None, cost: Decimal | None, who: str) -> Iterator[Problem]:
    if price is not None and price < 0:
        yield problem_of(ProblemCode.PRICE_NEGATIVE, who=who, amount=price)
    if cost is not None and cost < 0:
        yield problem_of(ProblemCode.COST_NEGATIVE, who=who, amount=cost)


def _variants(product: Product) -> Iterator[Problem]:
    if len(product.variants) > VARIANT_LIMIT:
        count = len(product.variants)
        yield problem_of(ProblemCode.TOO_MANY_VARIANTS, count=count, limit=VARIANT_LIMIT)
    seen: set[Shape] = set()
    for variant in product.variants:
        its_shape = shape(variant.option_values)
        if not its_shape or any(not name or not value for name, value in its_shape):
            yield problem_of(ProblemCode.OPTION_BLANK, who=describe(variant))
        elif its_shape in seen:
            yield problem_of(ProblemCode.OPTION_REPEATED, who=describe(variant))
        seen.add(its_shape)
        if any(
            len(clean_name(text)) > OPTION_TEXT_LIMIT
            for pair in variant.option_values
            for text in pair
        ):
            who = describe(variant)
            yield problem_of(ProblemCode.OPTION_TOO_LONG, who=who, limit=OPTION_TEXT_LIMIT)


def _option_values(product: Product) -> Iterator[Problem]:
    if len(product.variants) > VARIANT_LIMIT:
        return
    names: dict[str, str] = {}
    values: dict[str, set[str]] = {}
    for variant in product.variants:
        for name, value in variant.option_values:
            key = name_key(name)
            names.setdefault(key, clean_name(name))
            values.setdefault(key, set()).add(name_key(value))
    for key, found in values.items():
        if len(found) > OPTION_VALUES_LIMIT:
            yield problem_of(
                ProblemCode.TOO_MANY_OPTION_VALUES,
                option=names[key],
                count=len(found),
                limit=OPTION_VALUES_LIMIT,
            )


def _remembered(product: Product) -> Iterator[Problem]:
    if len(product.variants) > VARIANT_LIMIT:
        return
    texts = [*product.images]
    for variant in product.variants:
        texts += [variant.id, variant.sku, *(text for p in variant.option_values for text in p)]
    size = sum(len(text.encode()) for text in texts) + _BESIDE_EACH * len(product.variants)
    if size > REMEMBERED_LIMIT:
        yield problem_of(
            ProblemCode.TOO_MUCH_TEXT,
            variants=len(product.variants),
            images=len(product.images),
            size=size // 1_000,
            limit=REMEMBERED_LIMIT // 1_000,
        )


def _codes(product: Product) -> Iterator[Problem]:
    yield from _sku(product.sku, PRODUCT)
    yield from _barcodes(product.barcodes, PRODUCT)
    seen: set[str] = set()
    for variant in product.variants:
        who = describe(variant)
        if not trimmed(variant.sku) and variant.knows("sku"):
            yield problem_of(ProblemCode.SKU_BLANK, who=who)
        elif sku_key(variant.sku) in seen:
            yield problem_of(ProblemCode.SKU_REPEATED, sku=trimmed(variant.sku))
        seen.add(sku_key(variant.sku))
        yield from _sku(variant.sku, who)
        yield from _barcodes(variant.barcodes, who)


def _sku(sku: str, who: str) -> Iterator[Problem]:
    sent = trimmed(sku)
    if odd := odd_characters(sent):
        yield problem_of(ProblemCode.SKU_CHARACTERS, sku=sent, who=who, odd=odd)
    if (count := len(sent)) > SKU_LIMIT:
        yield problem_of(ProblemCode.SKU_TOO_LONG, who=who, count=count, limit=SKU_LIMIT)


def _barcodes(codes: Barcodes, who: str) -> Iterator[Problem]:
    for code in (trimmed(codes.upc), trimmed(codes.gtin)):
        if len(code) > BARCODE_LIMIT:
            yield problem_of(
                ProblemCode.BARCODE_TOO_LONG,
                barcode=code,
                who=who,
                count=len(code),
                limit=BARCODE_LIMIT,
            )


def _plain(product: Product) -> Iterator[Problem]:
    for entry in FIELDS.values():
        if not entry.plain or entry.product is None:
            continue
        yield from _text(entry, entry.product(product, None), PRODUCT)
        if entry.variant is not None:
            for variant in product.variants:
                yield from _text(entry, entry.variant(variant, None), describe(variant))


def _text(entry: Entry, value: object, who: str) -> Iterator[Problem]:
    text = value if isinstance(value, str) else ""
    if entry.longest and len(text) > entry.longest:
        yield problem_of(
            ProblemCode.TEXT_TOO_LONG,
            field=entry.source,
            label=entry.label,
            who=who,
            count=len(text),
            limit=entry.longest,
        )
    if text and entry.choices and text not in entry.choices:
        yield problem_of(
            ProblemCode.NO_SUCH_CHOICE,
            field=entry.source,
            label=entry.label,
            who=who,
            value=text,
            choices=" or ".join((", ".join(entry.choices[:-1]), entry.choices[-1])),
        )


def describe(variant: Variant) -> str:
    """Return a variant in a person's words: 'the variant Large / Red'."""
    return "the variant " + (" / ".join(value for _, value in variant.option_values) or variant.id)


def shown_address(url: str) -> str:
    """Return the address of an image as people read it: of one that is too long, its beginning."""
    return url if len(url) <= URL_LIMIT else f"{url[:60]}…"


def image_problem(url: str) -> str:
    """Return why BigCommerce cannot fetch this image, or ''. It is never a reason to hold back the
    product."""
    if len(url) > URL_LIMIT:
        return (
            f"An image address has {len(url)} characters; BigCommerce takes {URL_LIMIT}. Use a "
            f"shorter one for '{shown_address(url)}'."
        )
    if not url.lower().startswith(("http://", "https://")) or any(c.isspace() for c in url):
        return f"BigCommerce cannot fetch the image '{url}'. Use a full https address."
    return ""
