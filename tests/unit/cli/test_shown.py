"""What would control a terminal or hide on it is shown; every other text stays as it is."""

import sys
import unicodedata

import pytest

from cli.shown import shown, shown_lines

HOSTILE = {
    "\x00": "␀",
    "\x07": "␇",
    "\x08": "␈",
    "\t": "␉",
    "\n": "␊",
    "\r": "␍",
    "\x1b": "␛",
    "\x7f": "␡",
    "\x85": "U+0085",
    "\x9b": "U+009B",
    "\x9d": "U+009D",
    "\xad": "U+00AD",
    "\u034f": "U+034F",
    "\u061c": "U+061C",
    "\u115f": "U+115F",
    "\u180e": "U+180E",
    "\u200b": "U+200B",
    "\u200d": "U+200D",
    "\u200e": "U+200E",
    "\u200f": "U+200F",
    "\u2028": "U+2028",
    "\u2029": "U+2029",
    "\u202a": "U+202A",
    "\u202e": "U+202E",
    "\u2060": "U+2060",
    "\u2066": "U+2066",
    "\u2069": "U+2069",
    "\u3164": "U+3164",
    "\ufeff": "U+FEFF",
    "\ud83d": "U+D83D",
    "\U000e0041": "U+E0041",
}


@pytest.mark.parametrize("character", HOSTILE, ids=lambda each: f"{ord(each):04X}")
def test_a_hostile_character_is_shown(character: str) -> None:
    assert shown(f"Mug {character}[2J") == f"Mug {HOSTILE[character]}[2J"


@pytest.mark.parametrize(
    "text",
    ["", "Oak chair", "Täßchen, 5 €", "緑茶", "قهوة", "☕️", "[red]", ":heart:", "a\\[b]", "é"],
)
def test_an_honest_text_stays_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_no_character_of_a_hiding_kind_is_left() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    left = {unicodedata.category(each) for each in shown(everything)}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_what_is_shown_is_shown_once() -> None:
    for character in HOSTILE:
        assert shown(shown(character)) == shown(character)


def test_lines_of_ours_stay_lines() -> None:
    assert shown_lines("one\ntwo\x1b") == "one\ntwo␛"
