"""A store's settings as a person writes them, such as `safety_stock=2` (docs/settings.md)."""

from collections.abc import Iterable
from dataclasses import replace

from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.field_policy import DEFAULT_MODES, FieldPolicy, Mode
from tillbridge.domain.fields import Field

AUTO_LINK = ("off", "suggest", "auto")
RECONCILE_MODE = ("report", "repair")

MOST_UNITS = 2_147_483_647
"""The highest level that BigCommerce counts to."""

LONGEST = 4_000
"""The most bytes of a setting that is a text: a row of a table has 400 kB."""


class NoSuchSetting(ValueError):
    """A setting's name or value is not known; the message says what may be written."""


def changed(settings: Settings, words: Iterable[str]) -> Settings:
    """Return the settings with these changes, each NAME=VALUE. Raise NoSuchSetting."""
    for word in words:
        name, found, value = word.partition("=")
        if not found:
            raise NoSuchSetting(
                f"'{word}' is not a setting. Write NAME=VALUE, such as safety_stock=2."
            )
        settings = _changed(settings, name.strip(), value.strip())
    return settings


def as_words(settings: Settings) -> dict[str, str]:
    """Return every setting's value in words, by name. Each field's mode is a setting too."""
    modes = {**DEFAULT_MODES, **settings.fields.modes}
    return {
        "push_content": settings.push_content.value,
        "outlets": ",".join(sorted(settings.outlets)),
        "safety_stock": str(settings.safety_stock),
        "default_department": settings.default_department,
        "auto_link": settings.auto_link,
        "reconcile_mode": settings.reconcile_mode,
        **{field.value: modes[field].value for field in Field},
    }


def _changed(settings: Settings, name: str, value: str) -> Settings:
    if name in {field.value for field in Field}:
        mode = Mode(_one_of(name, value, [mode.value for mode in Mode]))
        return replace(settings, fields=FieldPolicy({**settings.fields.modes, Field(name): mode}))
    match name:
        case "push_content":
            content = _one_of(name, value, [each.value for each in PushContent])
            return replace(settings, push_content=PushContent(content))
        case "outlets":
            given = (each.strip() for each in _text(name, value).split(","))
            outlets = frozenset(filter(None, given))
            return replace(settings, outlets=outlets)
        case "safety_stock":
            return replace(settings, safety_stock=_units(value))
        case "default_department":
            if not value:
                raise NoSuchSetting("default_department needs a name.")
            return replace(settings, default_department=_text(name, value))
        case "auto_link":
            return replace(settings, auto_link=_one_of(name, value, AUTO_LINK))
        case "reconcile_mode":
            return replace(settings, reconcile_mode=_one_of(name, value, RECONCILE_MODE))
        case _:
            known = ", ".join(as_words(settings))
            raise NoSuchSetting(f"There is no setting '{name}'. The settings are: {known}.")


def _one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    if value not in allowed:
        raise NoSuchSetting(f"{name} must be one of {', '.join(allowed)}, not '{value}'.")
    return value


def _units(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise NoSuchSetting(f"safety_stock must be a whole number, 0 or more, not '{value}'.")
    if len(value.lstrip("0")) > len(str(MOST_UNITS)) or int(value) > MOST_UNITS:
        raise NoSuchSetting(f"safety_stock must be {MOST_UNITS} at most: no store has more units.")
    return int(value)


def _text(name: str, value: str) -> str:
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        size = LONGEST + 1
    if size > LONGEST:
        raise NoSuchSetting(f"{name} is no text that can be kept. Write {LONGEST} bytes at most.")
    return value
