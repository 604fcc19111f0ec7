"""Names and SKUs: how they are cleaned, and when BigCommerce calls two of them the same."""

import html
import re
import unicodedata

NAME_LIMIT = 250
SKU_LIMIT = 255
CATEGORY_LIMIT = 50

_SKU = re.compile(r"[A-Za-z0-9_\- ]*\Z")


def clean_name(raw: str) -> str:
    """A name as it is sent: entities decoded (BigCommerce stores them raw), control characters
    made blanks, ends trimmed. Cleaning twice changes nothing."""
    text = raw
    while (decoded := html.unescape(text)) != text:
        text = decoded
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in text).strip()


def name_key(name: str) -> str:
    """Two names with one key are one name to BigCommerce: its case rule is undocumented, so
    they are compared case-insensitively."""
    return clean_name(name).casefold()


def sku_key(sku: str) -> str:
    """SKUs are unique across products and variants, whatever their case."""
    return sku.strip().casefold()


def sku_characters_ok(sku: str) -> bool:
    """BigCommerce takes letters, digits, hyphen, underscore and space in a SKU."""
    return bool(_SKU.match(sku))


def category_name(department: str) -> str:
    """A department's name as a category's: at most 50 characters, cut the same way every time."""
    return clean_name(department)[:CATEGORY_LIMIT].rstrip()
