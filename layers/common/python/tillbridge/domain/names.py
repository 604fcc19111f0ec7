"""Short texts (names of products, brands, categories and options, SKUs, codes): how they are
cleaned before they are sent, and when two of them are one to BigCommerce.

BigCommerce's documentation says that names and SKUs are unique; it does not say how it compares
them, except that brands are "not case-sensitive". Where it is silent the keys here take the harsher
reading, in which two texts that look the same are the same."""

import html
import re
import unicodedata
from html.entities import html5

NAME_LIMIT = 250
SKU_LIMIT = 255
CATEGORY_LIMIT = 50
"""BigCommerce's limits, in characters."""

_SKU = re.compile(r"[A-Za-z0-9_\- ]*\Z")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_MARKUP = re.compile(r"<[A-Za-z/!?]")
_INVISIBLE = frozenset(
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters that print nothing: soft hyphen, zero-width spaces and joiners, marks of direction,
byte order mark."""
_JOINERS = frozenset("\u200c\u200d")
"""They print nothing either, but shape the letter or emoji before them."""


def trimmed(text: str) -> str:
    """Return a text without what means nothing at its ends: blanks of any kind, control characters
    and characters that print nothing."""
    start, end = 0, len(text)
    while start < end and _means_nothing(text[start]):
        start += 1
    while start < end and _means_nothing(text[end - 1]) and text[end - 1] not in _JOINERS:
        end -= 1
    return text[start:end]


def clean_name(raw: str) -> str:
    """Return the name of a product, brand, category or option as it is sent: entities decoded once,
    because BigCommerce stores them raw; accents composed; control characters replaced by blanks;
    ends trimmed.

    Only an entity with its semicolon is decoded, so 'Knots&notions' stays as it is. Where decoding
    would make markup of a text, as in '&lt;br&gt;', the angle brackets stay encoded."""
    text = unicodedata.normalize("NFC", raw)
    decoded = _ENTITY.sub(_character, text)
    if len(_MARKUP.findall(decoded)) > len(_MARKUP.findall(text)):
        decoded = _ENTITY.sub(_character_but_no_bracket, text)
    decoded = unicodedata.normalize("NFC", decoded)
    return trimmed("".join(" " if unicodedata.category(c) == "Cc" else c for c in decoded))


def folded(text: str) -> str:
    """Return the key by which two short texts are one: neither case, composed or decomposed
    accents, the kind of a blank nor characters that print nothing count; ß is ss."""
    seen = "".join(_blank_or(c) for c in trimmed(text) if c not in _INVISIBLE).strip()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", seen).casefold())


def name_key(name: str) -> str:
    """Return the key of a name: names with equal keys are one name to BigCommerce. A name and the
    same name with entities, however often encoded, have the same key."""
    text = unicodedata.normalize("NFC", name)
    while (decoded := unicodedata.normalize("NFC", _ENTITY.sub(_character, text))) != text:
        text = decoded
    return folded(text)


def sku_key(sku: str) -> str:
    """Return the key of a SKU. SKUs are unique across products and variants, whatever their
    case."""
    return folded(sku)


def sku_characters_ok(sku: str) -> bool:
    """Return whether a SKU has only the characters that BigCommerce takes: letters, digits, hyphen,
    underscore and space."""
    return bool(_SKU.match(sku))


def odd_characters(sku: str) -> str:
    """Return, in words, which characters of a SKU BigCommerce refuses; one that cannot be seen, or
    looks like another, by its name and place: "a no-break space after 'MUG'"."""
    found = dict.fromkeys(
        _named(c, sku[:place]) for place, c in enumerate(sku) if not sku_characters_ok(c)
    )
    return " and ".join(found)


def category_name(department: str) -> str:
    """Return a department's name as a category's: at most 50 characters, cut the same way every
    time."""
    return trimmed(clean_name(department)[:CATEGORY_LIMIT])


def _means_nothing(c: str) -> bool:
    return c.isspace() or c in _INVISIBLE or unicodedata.category(c) == "Cc"


def _blank_or(c: str) -> str:
    return " " if c.isspace() or unicodedata.category(c) == "Cc" else c


def _character(entity: re.Match[str]) -> str:
    text = entity.group()
    # `html.unescape` alone would take the start of an unknown name for an entity: '&notes;'.
    return html.unescape(text) if text[1] == "#" else html5.get(text[1:], text)


def _character_but_no_bracket(entity: re.Match[str]) -> str:
    found = _character(entity)
    return entity.group() if set(found) & {"<", ">"} else found


def _named(c: str, before: str) -> str:
    if c.isprintable() and unicodedata.category(c) not in ("Pd", "Zs"):
        return f"'{c}'"
    known = "dash that is not '-'" if unicodedata.category(c) == "Pd" else _name_of(c)
    seen = "".join(x for x in before if x.isprintable())[-20:].strip()
    return f"a {known} after '{seen}'" if seen else f"a {known} at its start"


def _name_of(c: str) -> str:
    usual = {"\t": "tab", "\n": "line break", "\r": "line break", "\u00ad": "soft hyphen"}
    usual["\ufeff"] = "byte order mark"
    if c in usual:
        return usual[c]
    return unicodedata.name(c, "").lower() or f"control character (U+{ord(c):04X})"
