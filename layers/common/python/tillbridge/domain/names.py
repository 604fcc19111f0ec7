"""Names and SKUs: how they are cleaned, and when two of them are the same to BigCommerce."""

import html
import re
import unicodedata

NAME_LIMIT = 250
SKU_LIMIT = 255
CATEGORY_LIMIT = 50
"""BigCommerce's limits, in characters."""

_SKU = re.compile(r"[A-Za-z0-9_\- ]*\Z")


def clean_name(raw: str) -> str:
    """Return a name as it is sent: entities decoded (BigCommerce stores them raw), control
    characters replaced by blanks, ends trimmed. Cleaning twice changes nothing."""
    text = raw
    while (decoded := html.unescape(text)) != text:
        text = decoded
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in text).strip()


def name_key(name: str) -> str:
    """Return the key of a name: names with equal keys are one name to BigCommerce. Its case rule is
    undocumented, so case does not count here."""
    return clean_name(name).casefold()


def sku_key(sku: str) -> str:
    """Return the key of a SKU. SKUs are unique across products and variants, whatever their
    case."""
    return sku.strip().casefold()


def sku_characters_ok(sku: str) -> bool:
    """Return whether a SKU has only the characters that BigCommerce takes: letters, digits, hyphen,
    underscore and space."""
    return bool(_SKU.match(sku))


def category_name(department: str) -> str:
    """Return a department's name as a category's: at most 50 characters, cut the same way every
    time."""
    return clean_name(department)[:CATEGORY_LIMIT].rstrip()
