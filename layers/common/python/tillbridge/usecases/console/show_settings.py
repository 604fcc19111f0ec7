"""The settings of a store as people see them, and what a change of them would do before it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.estimates import read_calls
from tillbridge.domain.ids import StoreId
from tillbridge.domain.settings_effects import effect, moves
from tillbridge.domain.settings_versions import (
    SettingsVersion,
    asks_both_sides,
    changed_meanwhile,
    changes_between,
)
from tillbridge.domain.settings_words import NoSuchSetting, as_words, with_words
from tillbridge.usecases.change_settings import both_sides_words
from tillbridge.usecases.console.deps import ConsoleDeps


@dataclass(frozen=True, slots=True)
class ShownSettings:
    """`linked`: products that were linked at the last full comparison, 0 before the first."""

    connection: Connection
    versions: Sequence[SettingsVersion]
    linked: int

    @property
    def words(self) -> Mapping[str, str]:
        """Return the value of each setting in words, by name."""
        return as_words(self.connection.settings)


@dataclass(frozen=True, slots=True)
class Planned:
    """One setting that would be changed, and what that does."""

    name: str
    before: str
    after: str
    effect: str


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What a change would do. `meanwhile`: who changed what since version `seen`, "" nobody: the plan is then made on
    what holds now. `wrong`: by setting, what is no value of it. `refused`: why it is not for the console. `calls`: of
    the comparison after it, 0 where none finds anything."""

    connection: Connection
    entered: Mapping[str, str]
    changes: Sequence[Planned] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    meanwhile: str = ""
    moves: bool = False
    calls: int = 0

    @property
    def may_save(self) -> bool:
        """Return whether it can be saved as it stands."""
        return bool(self.changes) and not self.wrong and not self.refused


def show_settings(deps: ConsoleDeps, store: StoreId) -> ShownSettings:
    """Return the settings with their versions, at three requests. Raise UnknownStore."""
    connection = deps.stores.as_told(store)
    if connection is None:
        raise UnknownStore(store)
    return ShownSettings(connection, deps.settings.of(store), deps.runs.cursors(store).linked)


def plan_settings(
    deps: ConsoleDeps, store: StoreId, seen: int, entered: Mapping[str, str]
) -> PlannedChange:
    """Return what saving these values would do, by somebody who saw version `seen`. What they left as they saw it is
    no change of theirs, though somebody else changed it since. Raise UnknownStore."""
    shown = show_settings(deps, store)
    now = shown.words
    base = _words_of(shown, seen)
    # Of a page that is older than what is kept nobody knows what its reader changed.
    theirs = {} if base is None else {n: v for n, v in entered.items() if v != base.get(n)}
    settings = shown.connection.settings
    wrong: dict[str, str] = {}
    for name, value in theirs.items():
        try:
            settings = with_words(settings, {name: value})
        except NoSuchSetting as why:
            wrong[name] = why.rule
    changes = [
        Planned(
            each.name,
            each.before,
            each.after,
            effect(each.name, each.before, each.after, shown.linked),
        )
        for each in changes_between(now, as_words(settings))
    ]
    names = asks_both_sides(shown.connection.settings, settings)
    moving = any(moves(each.name, each.after) for each in changes)
    current = shown.connection.settings_version
    return PlannedChange(
        shown.connection,
        theirs,
        changes,
        wrong,
        both_sides_words(settings, names) if names else "",
        "" if seen == current else changed_meanwhile(shown.versions, seen),
        moving,
        read_calls(shown.linked) if moving else 0,
    )


def words_to_restore(shown: ShownSettings, number: int) -> tuple[dict[str, str], list[str]]:
    """Return the values that a version had and the store has not, without those of which both sides are asked, whose
    names come beside them. Raise LookupError for a version that is not kept."""
    words = _words_of(shown, number)
    if words is None:
        raise LookupError(number)
    back = {each.name: each.after for each in changes_between(shown.words, words)}
    settings = shown.connection.settings
    asked: list[str] = []
    for name in list(back):
        try:
            others = with_words(settings, {name: back[name]})
        except NoSuchSetting:
            continue  # a release took this value away: the plan says so
        if asks_both_sides(settings, others):
            asked.append(name)
            del back[name]
    return back, asked


def _words_of(shown: ShownSettings, seen: int) -> Mapping[str, str] | None:
    if seen == shown.connection.settings_version:
        return shown.words
    return next((each.words for each in shown.versions if each.number == seen), None)
