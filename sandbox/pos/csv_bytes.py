"""The bytes of a CSV file as text, and what had to be guessed to read them."""

from __future__ import annotations

from dataclasses import dataclass, field

_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SAMPLE = 1_000
_NAMED = 5
"""How many odd lines a note names."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and notes for people on what was not plain UTF-8 or UTF-16."""

    text: str
    notes: list[str] = field(default_factory=list)


def decoded(content: bytes) -> Decoded:
    """Return a file's text: UTF-16 with a mark or without one, UTF-8, or Windows-1252.

    A line that is not UTF-8 in a file that otherwise is, is read as Windows-1252 and named.
    """
    if encoding := _MARKS.get(content[:2]):
        return Decoded(content[2:].decode(encoding, errors="replace"))
    if encoding := _unmarked_utf_16(content):
        return Decoded(content.decode(encoding, errors="replace"))
    try:
        return Decoded(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _line_by_line(content.removeprefix(b"\xef\xbb\xbf"))


def _unmarked_utf_16(content: bytes) -> str:
    """Return the encoding if every second byte of the beginning is mostly 0, else ""."""
    sample = content[:_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if second * 4 > len(sample) and first * 8 < second:
        return "utf-16-le"
    if first * 4 > len(sample) and second * 8 < first:
        return "utf-16-be"
    return ""


def _line_by_line(content: bytes) -> Decoded:
    lines = content.splitlines(keepends=True)
    texts: list[str] = []
    odd: list[int] = []
    for number, line in enumerate(lines, 1):
        try:
            texts.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            odd.append(number)
            texts.append(line.decode("cp1252", errors="replace"))
    accented = sum(not line.isascii() for line in lines)
    if len(odd) == accented:
        words = "the file is not UTF-8; it was read as Windows-1252"
    else:
        more = f" and {len(odd) - _NAMED} more" if len(odd) > _NAMED else ""
        named = ", ".join(map(str, odd[:_NAMED])) + more
        words = f"not UTF-8 like the other lines, so read as Windows-1252: line {named}"
    return Decoded("".join(texts), [f"{words}. Check the accented letters."])
