"""How short texts are read and compared: names of products, brands and options, SKUs and codes.

BigCommerce's documentation says of brands that they are "not case-sensitive", of names and SKUs
that they are unique, and of none of them how accents or characters that nobody sees are compared."""

import html
import re
import unicodedata

_UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)
_START = re.compile(rf"\A[\s\x00-\x1f\x7f-\x9f{_UNSEEN}]+")
# A joiner shapes the letter before it, so one at the end stays.
_END = re.compile(rf"[\s\x00-\x1f\x7f-\x9f{_UNSEEN.replace('\u200c\u200d', '')}]+\Z")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w*);", re.ASCII)
_TAG = re.compile(r"<[A-Za-z/!?]")


def plain(text: str) -> str:
    """Return a text with its accents composed, without blanks and unseen characters at its ends."""
    composed = unicodedata.normalize("NFC", text)
    return _START.sub("", _END.sub("", composed))


def plain_name(typed: str) -> str:
    """Return a name as it must stand online: entities decoded once, on one line, as plain text.

    BigCommerce does not decode entities, so push must. Without its semicolon it is none, and angle
    brackets stay encoded where they would make a tag."""
    typed = plain(typed)
    shown = _REFERENCE.sub(lambda found: _meant(found.group()), typed)
    if len(_TAG.findall(shown)) > len(_TAG.findall(typed)):
        shown = _REFERENCE.sub(_meant_but_brackets, typed)
    return plain(_CONTROL.sub(" ", shown))


def one_key(text: str) -> str:
    """Return what is equal for texts that BigCommerce may take for the same one."""
    seen = _BLANK.sub(" ", re.sub(f"[{_UNSEEN}]", "", plain(text))).strip()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", seen).casefold())


def words_of(text: str) -> str:
    """Return a text with all its entities decoded, however often it was encoded."""
    while (decoded := _REFERENCE.sub(lambda found: _meant(found.group()), text)) != text:
        text = decoded
    return plain(text)


def _meant(reference: str) -> str:
    meant = html.unescape(reference)
    # Of an unknown name Python decodes the start, and leaves the rest with its semicolon.
    return reference if reference[1] != "#" and meant.endswith(";") and meant != ";" else meant


def _meant_but_brackets(found: re.Match[str]) -> str:
    meant = _meant(found.group())
    return found.group() if "<" in meant or ">" in meant else meant
