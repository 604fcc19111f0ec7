"""Text from outside made visible: what would control a terminal, or hide on it, is shown instead."""

import unicodedata

_ESCAPED = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""The categories of control characters, invisible marks (bidirectional, zero-width), lone
surrogates, and separators of lines and paragraphs."""

_BLANK = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x3164, 0xFFA0))
) | frozenset(map(chr, range(0xE0000, 0xE1000)))
"""Characters without a shape that have other categories (Unicode: default ignorable)."""

_PICTURES, _DELETE = 0x2400, 0x2421
"""Where Unicode has pictures of the control characters: escape is ␛."""


def shown(text: str) -> str:
    """Return a text in which no character controls the terminal, changes the direction of writing
    or is invisible: each is shown as its picture or its number, such as ␛ or U+202E."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def shown_lines(text: str) -> str:
    """Return a text of ours, whose lines stay lines, in the same way."""
    return "\n".join(map(shown, text.split("\n")))


def _visible(character: str) -> str:
    code = ord(character)
    if unicodedata.category(character) not in _ESCAPED and character not in _BLANK:
        return character
    if code < 0x20:
        return chr(_PICTURES + code)
    return chr(_DELETE) if code == 0x7F else f"U+{code:04X}"
