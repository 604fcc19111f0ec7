"""Settings as versions: who changed what and when. The last ten are kept, and each can come back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.settings_words import as_words

KEPT = 10
"""Versions of a store that are kept, the one that holds among them."""

ASK_BOTH_SIDES = ("web_orders", "web_outlet", "outlets")
"""The settings of which BigCommerce and the POS are asked before they change, as `asks_both_sides` says."""


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting that a version changed, by name, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SettingsVersion:
    """The settings from `at_ms` on (epoch ms), in words by name; `by`: whom people know as having changed them,
    "" of those that were there before versions were kept."""

    number: int
    at_ms: int
    by: str
    words: Mapping[str, str]
    changes: tuple[SettingChange, ...] = ()


class SettingsChanged(CannotAsk):
    """Somebody changed the settings after they were read: nothing was saved."""


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[SettingChange]:
    """Return what differs, in the order of `after`; a setting that only one of them knows is left out."""
    return [
        SettingChange(name, before[name], value)
        for name, value in after.items()
        if name in before and before[name] != value
    ]


def next_versions(
    kept: Sequence[SettingsVersion], seen: Connection, settings: Settings, by: str, now_ms: int
) -> list[SettingsVersion]:
    """Return the versions, newest first, after the settings of a connection that was read are replaced. The first
    change also keeps what was there before it, so that it can come back."""
    before, after = as_words(seen.settings), as_words(settings)
    older = [each for each in kept if each.number <= seen.settings_version]
    if not older or older[0].number != seen.settings_version:
        older.insert(0, SettingsVersion(seen.settings_version, 0, "", before))
    changes = tuple(changes_between(before, after))
    made = SettingsVersion(seen.settings_version + 1, now_ms, by, after, changes)
    return [made, *older][:KEPT]


def changed_meanwhile(versions: Iterable[SettingsVersion], seen: int) -> str:
    """Return who changed what after version `seen`, for somebody whose change was not saved because of it."""
    told = [
        f"{each.by or 'Somebody'} changed {_listed(each.changes)} meanwhile."
        for each in versions
        if each.number > seen
    ]
    return " ".join([*reversed(told[:3]), "Look again."] if told else [_CHANGED])


_CHANGED = "The settings were changed meanwhile. Look again."


def asks_both_sides(before: Settings, after: Settings) -> tuple[str, ...]:
    """Return the names of the changed settings that could not work unless BigCommerce and the POS agree: how web
    orders are taken and, where they are or an outlet books them, the outlets."""
    words = as_words(before), as_words(after)
    changed = tuple(name for name in ASK_BOTH_SIDES if words[0][name] != words[1][name])
    if "web_orders" in changed:
        return changed
    return () if after.web_orders is WebOrderMode.OFF and not after.web_outlet else changed


def _listed(changes: Sequence[SettingChange]) -> str:
    names = [each.name.replace("_", " ") for each in changes]
    return ", ".join(names[:5]) + (" and more" if len(names) > 5 else "") if names else "nothing"
