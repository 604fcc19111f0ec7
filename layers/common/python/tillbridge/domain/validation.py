"""What BigCommerce can never take, found before a call is spent on it. Words are for shop staff."""

from collections.abc import Iterator

from tillbridge.domain.errors import Problem
from tillbridge.domain.names import NAME_LIMIT, SKU_LIMIT, clean_name, sku_characters_ok, sku_key
from tillbridge.domain.product import Barcodes, Product, Variant

VARIANT_LIMIT = 600
OPTION_TEXT_LIMIT = 255
BARCODE_LIMIT = 14
OPTION_VALUES_LIMIT = 250
REMEMBERED_LIMIT = 300_000
"""Bytes of variants and image addresses: a link is one row, and DynamoDB's hold 400 kB."""

_BESIDE_EACH = 100
"""Bytes a link keeps of a variant beside its texts: ids, fingerprint, level."""


def problems(product: Product) -> list[Problem]:
    """Every reason why BigCommerce must refuse `product`; empty when there is none."""
    if product.unreadable:
        words = (
            f"The POS's record of this product cannot be read ({product.unreadable}). Save the "
            "product again in the POS, or tell the POS's support."
        )
        return [Problem("pos_record_unreadable", words, product.unreadable)]
    return [
        *_name(product),
        *_money(product),
        *_variants(product),
        *_option_values(product),
        *_remembered(product),
        *_codes(product),
    ]


def _name(product: Product) -> Iterator[Problem]:
    name = clean_name(product.name)
    if not name:
        yield Problem("name_blank", "The product has no name. Give it one in the POS.", "name")
    if len(name) > NAME_LIMIT:
        yield Problem(
            "name_too_long",
            f"The name has {len(name)} characters; BigCommerce takes {NAME_LIMIT}. Shorten it.",
            "name",
        )


def _money(product: Product) -> Iterator[Problem]:
    for what, amount in (("price", product.price), ("cost", product.cost)):
        if amount is not None and amount < 0:
            yield Problem(
                f"{what}_negative",
                f"The {what} is {amount}; BigCommerce takes 0 or more. Correct it in the POS.",
                what,
            )
    for variant in product.variants:
        for what, amount in (("price", variant.price), ("cost", variant.cost)):
            if amount is not None and amount < 0:
                yield Problem(
                    f"{what}_negative",
                    f"The {what} of {describe(variant)} is {amount}; BigCommerce takes 0 or more. "
                    "Correct it in the POS.",
                    what,
                )


def _variants(product: Product) -> Iterator[Problem]:
    if len(product.variants) > VARIANT_LIMIT:
        yield Problem(
            "too_many_variants",
            f"The product has {len(product.variants)} variants; BigCommerce takes "
            f"{VARIANT_LIMIT}. Split it into several products.",
            "variants",
        )
    seen: set[tuple[tuple[str, str], ...]] = set()
    for variant in product.variants:
        shape = tuple(
            (n.strip().casefold(), v.strip().casefold()) for n, v in variant.option_values
        )
        if not shape or any(not name or not value for name, value in shape):
            yield Problem(
                "option_blank",
                f"{_sentence(describe(variant))} lacks an option value (such as a size). "
                "Fill it in.",
                "options",
            )
        elif shape in seen:
            yield Problem(
                "option_repeated",
                f"Two variants are both {describe(variant)}. Change one of them.",
                "options",
            )
        seen.add(shape)
        if any(len(text) > OPTION_TEXT_LIMIT for pair in variant.option_values for text in pair):
            yield Problem(
                "option_too_long",
                f"An option of {describe(variant)} has over {OPTION_TEXT_LIMIT} characters. "
                "Shorten it.",
                "options",
            )


def _option_values(product: Product) -> Iterator[Problem]:
    if len(product.variants) > VARIANT_LIMIT:
        return
    values: dict[str, set[str]] = {}
    for variant in product.variants:
        for name, value in variant.option_values:
            values.setdefault(name.strip(), set()).add(value.strip().casefold())
    for name, found in values.items():
        if len(found) > OPTION_VALUES_LIMIT:
            yield Problem(
                "too_many_option_values",
                f"The option '{name}' has {len(found)} values; BigCommerce takes "
                f"{OPTION_VALUES_LIMIT}. Split the product.",
                "options",
            )


def _remembered(product: Product) -> Iterator[Problem]:
    if len(product.variants) > VARIANT_LIMIT:
        return
    texts = [*product.images]
    for variant in product.variants:
        texts += [variant.id, variant.sku, *(text for p in variant.option_values for text in p)]
    size = sum(len(text.encode()) for text in texts) + _BESIDE_EACH * len(product.variants)
    if size > REMEMBERED_LIMIT:
        yield Problem(
            "too_much_text",
            f"The product's {len(product.variants)} variants and {len(product.images)} images have "
            f"{size // 1_000} kB of options, SKUs and addresses; Tillbridge can remember "
            f"{REMEMBERED_LIMIT // 1_000}. Shorten the options, or split the product.",
            "options",
        )


def _codes(product: Product) -> Iterator[Problem]:
    yield from _sku(product.sku, "the product")
    yield from _barcodes(product.barcodes, "the product")
    seen: set[str] = set()
    for variant in product.variants:
        who = describe(variant)
        if not variant.sku.strip():
            yield Problem(
                "sku_blank", f"{_sentence(who)} has no SKU. Give it one in the POS.", "sku"
            )
        elif sku_key(variant.sku) in seen:
            yield Problem(
                "sku_repeated",
                f"Two variants of this product have the SKU '{variant.sku}'. Change one.",
                "sku",
            )
        seen.add(sku_key(variant.sku))
        yield from _sku(variant.sku, who)
        yield from _barcodes(variant.barcodes, who)


def _sku(sku: str, who: str) -> Iterator[Problem]:
    if not sku_characters_ok(sku):
        yield Problem(
            "sku_characters",
            f"The SKU '{sku}' of {who} has characters BigCommerce refuses. Use only letters, "
            "digits, hyphen, underscore and space.",
            "sku",
        )
    if len(sku.strip()) > SKU_LIMIT:
        yield Problem(
            "sku_too_long",
            f"The SKU of {who} has {len(sku.strip())} characters; BigCommerce takes {SKU_LIMIT}. "
            "Shorten it.",
            "sku",
        )


def _barcodes(codes: Barcodes, who: str) -> Iterator[Problem]:
    for code in (codes.upc.strip(), codes.gtin.strip()):
        if len(code) > BARCODE_LIMIT:
            yield Problem(
                "barcode_too_long",
                f"The barcode '{code}' of {who} has {len(code)} characters; BigCommerce takes "
                f"{BARCODE_LIMIT}. Correct it.",
                "barcodes",
            )


def describe(variant: Variant) -> str:
    """A variant in a person's words: 'the variant Large / Red'."""
    return "the variant " + (" / ".join(value for _, value in variant.option_values) or variant.id)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def image_problem(url: str) -> str:
    """Why BigCommerce cannot fetch this image, or ''. Never a reason to hold back the product."""
    if len(url) > 255:
        return f"An image address has {len(url)} characters; BigCommerce takes 255: {url[:60]}…"
    if not url.lower().startswith(("http://", "https://")) or any(c.isspace() for c in url):
        return f"'{url}' is no image address BigCommerce can fetch. Use a full https address."
    return ""
