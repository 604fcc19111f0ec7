"""A store's settings as a person writes them, such as `safety_stock=2` (docs/settings.md). The command line, the
console's page and its API read them here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any

from tillbridge.domain.connection import PushContent, Settings, WebOrderMode
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.field_policy import DEFAULT_MODES, FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.learned_safety import MOST
from tillbridge.domain.safety_stock import LearnedSafety

AUTO_LINK = ("off", "suggest", "auto")
RECONCILE_MODE = ("report", "repair")

LEARNED = "learned"

MOST_LEARNED = 100
"""No store is to learn to keep more of a variant than this."""

MOST_UNITS = 2_147_483_647
"""The highest level that BigCommerce counts to."""

LONGEST = 4_000
"""The most bytes of a setting that is a text: a row of a table has 400 kB."""


class NoSuchSetting(CannotAsk):
    """A setting's name or value is not known; the message says what may be written. `name`: the setting,
    "" where nobody knows which. `rule`: the same words without what was written."""

    def __init__(self, rule: str, name: str = "", written: str | None = None) -> None:
        super().__init__(f"{rule}." if written is None else f"{rule}, not '{written}'.")
        self.name, self.rule = name, f"{rule}."


def changed(settings: Settings, words: Iterable[str]) -> Settings:
    """Return the settings with these changes, each NAME=VALUE. Raise NoSuchSetting."""
    for word in words:
        name, found, value = word.partition("=")
        if not found:
            raise NoSuchSetting(
                f"'{word}' is not a setting. Write NAME=VALUE, such as safety_stock=2"
            )
        settings = _changed(settings, name.strip(), value.strip())
    return settings


def with_words(settings: Settings, words: Mapping[str, str]) -> Settings:
    """Return the settings with these values, by name. Raise NoSuchSetting."""
    for name, value in words.items():
        settings = _changed(settings, name, value.strip())
    return settings


def as_words(settings: Settings) -> dict[str, str]:
    """Return every setting's value in words, by name. Each field's mode is a setting too."""
    modes = {**DEFAULT_MODES, **settings.fields.modes}
    return {
        "push_content": settings.push_content.value,
        "outlets": ",".join(sorted(settings.outlets)),
        "safety_stock": _safety_words(settings),
        "default_department": settings.default_department,
        "auto_link": settings.auto_link,
        "reconcile_mode": settings.reconcile_mode,
        "web_orders": settings.web_orders.value,
        "web_outlet": settings.web_outlet,
        **{field.value: modes[field].value for field in Field},
    }


def _changed(settings: Settings, name: str, value: str) -> Settings:
    if name in {field.value for field in Field}:
        mode = Mode(_one_of(name, value, [mode.value for mode in Mode]))
        return replace(settings, fields=FieldPolicy({**settings.fields.modes, Field(name): mode}))
    if name not in _READ:
        known = ", ".join(as_words(settings))
        raise NoSuchSetting(f"There is no setting '{name}'. The settings are: {known}")
    if name == "safety_stock":
        return _with_safety(settings, value)
    return replace(settings, **{name: _READ[name](name, value)})


def _safety_words(settings: Settings) -> str:
    learned = settings.learned_safety
    return str(settings.safety_stock) if learned is None else f"{LEARNED}:{learned.most}"


def _with_safety(settings: Settings, value: str) -> Settings:
    word, named, most = value.partition(":")
    if word != LEARNED:
        units = _units("safety_stock", value)
        return replace(settings, safety_stock=units, learned_safety=None)
    learned = settings.learned_safety or LearnedSafety()
    if named and not (most.isascii() and most.isdigit() and 0 < int(most[:4]) <= MOST_LEARNED):
        rule = f"safety_stock=learned:MOST keeps up to MOST units, 1 to {MOST_LEARNED}"
        raise NoSuchSetting(rule, "safety_stock", most)
    at_most = int(most) if named else MOST
    return replace(settings, safety_stock=0, learned_safety=replace(learned, most=at_most))


def _word_of[E: StrEnum](kind: type[E]) -> Callable[[str, str], E]:
    return lambda name, value: kind(_one_of(name, value, [each.value for each in kind]))


def _outlets(name: str, value: str) -> frozenset[str]:
    return frozenset(filter(None, (each.strip() for each in _text(name, value).split(","))))


def _named(name: str, value: str) -> str:
    if not value:
        raise NoSuchSetting(f"{name} needs a name", name)
    return _text(name, value)


def _one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    if value not in allowed:
        raise NoSuchSetting(f"{name} must be one of {', '.join(allowed)}", name, value)
    return value


def _units(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise NoSuchSetting(f"{name} must be a whole number, 0 or more", name, value)
    if len(value.lstrip("0")) > len(str(MOST_UNITS)) or int(value) > MOST_UNITS:
        raise NoSuchSetting(f"{name} must be {MOST_UNITS} at most: no store has more units", name)
    return int(value)


def _text(name: str, value: str) -> str:
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        size = LONGEST + 1
    if size > LONGEST:
        rule = f"{name} is no text that can be kept. Write {LONGEST} bytes at most"
        raise NoSuchSetting(rule, name)
    return value


_READ: Mapping[str, Callable[[str, str], Any]] = {
    "push_content": _word_of(PushContent),
    "outlets": _outlets,
    "safety_stock": _units,
    "default_department": _named,
    "auto_link": partial(_one_of, allowed=AUTO_LINK),
    "reconcile_mode": partial(_one_of, allowed=RECONCILE_MODE),
    "web_orders": _word_of(WebOrderMode),
    "web_outlet": _text,
}
"""How each setting but the fields' modes is read: of its name and what a person wrote."""
