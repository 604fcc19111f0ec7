"""The SKUs that import generates: P, six characters of Crockford's base 32, one check character.

Letters and digits only (AmberPOS article). The leading letter keeps spreadsheets from reading a SKU
as a number and scanners from reading it as a GTIN; the check is ISO 7064 MOD 37,36."""

import re

from stdnum.iso7064 import mod_37_36

PREFIX = "P"
DIGITS = 6
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U: read aloud and typed by hand they are mistaken for 1, 1, 0 and V."""

FIRST = 10_000
"""The first counter used, so that early SKUs do not look like typing errors."""

LAST = len(ALPHABET) ** DIGITS - 1

_OURS = re.compile(rf"{PREFIX}[{ALPHABET}]{{{DIGITS}}}[{ALPHABET}]\Z")


def sku_of(counter: int) -> str | None:
    """Return the SKU of a counter, or None when its check character would be I, L, O or U: skip
    that counter, gaps are fine. Raise ValueError for a counter below 0 or above LAST."""
    if not 0 <= counter <= LAST:
        raise ValueError(f"{counter} is not a counter of a SKU")
    digits = ""
    left = counter
    for _ in range(DIGITS):
        left, digit = divmod(left, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    check = mod_37_36.calc_check_digit(PREFIX + digits)
    return f"{PREFIX}{digits}{check}" if check in ALPHABET else None


def counter_of(sku: str) -> int | None:
    """Return the counter of a SKU that Tillbridge generated, written in any case; None for any
    other SKU."""
    text = sku.strip().upper()
    if not _OURS.match(text) or not mod_37_36.is_valid(text):
        return None
    counter = 0
    for character in text[1:-1]:
        counter = counter * len(ALPHABET) + ALPHABET.index(character)
    return counter
