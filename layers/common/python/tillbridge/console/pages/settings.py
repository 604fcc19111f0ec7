"""The settings of a store: shown, planned, saved as a version, and brought back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillbridge.console.pages.answers import asked, filled, missing, see_other
from tillbridge.console.render import address, page
from tillbridge.console.store_words import pos_words
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain import breaker
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.settings_effects import effect
from tillbridge.domain.settings_table import FIELDS, MODES, OTHERS, THE_EIGHT, TOLD
from tillbridge.domain.settings_versions import ASK_BOTH_SIDES, SettingsChanged
from tillbridge.usecases.change_settings import change_settings
from tillbridge.usecases.console.compare_sides import compare_sides
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.show_settings import (
    PlannedChange,
    ShownSettings,
    plan_settings,
    show_settings,
    words_to_restore,
)

SAID: Mapping[str, str] = {
    "saved": "Saved. Each product follows with its next change.",
    "compared": "Saved, and both sides are being compared: what differs is listed, or sent again where comparisons repair.",
    "nothing": "Nothing differs from what is set, so there was nothing to save.",
    "token": "BigCommerce takes the new token, and it is kept. Nobody can read it again.",
}
"""Messages after a request, by what the address says."""

SHARES: Sequence[tuple[str, str]] = (
    (f"{breaker.CHANGED_PERCENT} % of the linked products would be changed", "a wrong setting"),
    (f"{breaker.GONE_PERCENT} % would be marked broken", "a store that shows only part of itself"),
    (f"{breaker.ZEROED_PERCENT} % would be set to no stock", "a POS that lost its counts"),
    (f"{breaker.BLANKED_PERCENT} % would lose their description", "a POS that has no texts"),
    (f"a price would fall by more than {breaker.PRICE_DOWN_PERCENT} %", "a lost digit"),
    (f"a price would be {breaker.PRICE_UP_TIMES} times what it is", "a lost decimal point"),
)
"""From what on a repair waits for a person, and what that guards against."""

_LARGEST_VERSION = 15
"""Digits of the largest version that anybody can have seen."""


@dataclass(frozen=True, slots=True)
class _Effects:
    """What each legal value of a field would do."""

    linked: int
    words: Mapping[str, str]

    def of(self, name: str, after: str) -> str:
        """Return the words of one value."""
        return effect(name, self.words[name], after, self.linked)


def settings(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the settings of a store and their versions."""
    shown = show_settings(deps, visit.store)
    return Answer(
        page(
            "settings.html",
            visit,
            tab="settings",
            connection=shown.connection,
            pos=pos_words(shown.connection.pos_account),
            shown=shown,
            modes=MODES,
            fields=FIELDS,
            others=OTHERS,
            told=TOLD,
            eight=THE_EIGHT,
            shares=SHARES,
            fewest=breaker.FEWEST,
            effects=_Effects(shown.linked, shown.words),
            asks=_asks(shown),
            said=SAID.get(asked(visit, "said")),
        )
    )


def change(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show what saving would do: of the values in the address, or of a version that is to come back."""
    back = asked(visit, "restore")
    if back:
        return _restore(visit, deps, back)
    entered = {name: asked(visit, name) for name in TOLD if name in visit.query}
    plan = plan_settings(deps, visit.store, _seen(asked(visit, "seen")), entered)
    if not (plan.changes or plan.wrong or plan.meanwhile):
        return see_other(address(visit.store, "settings", said="nothing"))
    return _planned(visit, plan)


def save(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Save what was planned, over the version that was seen; else show who changed what, with what was entered."""
    words = {name: filled(visit, name) for name in TOLD if name in visit.form}
    seen = _seen(filled(visit, "seen"))
    if not words:
        return see_other(address(visit.store, "settings", said="nothing"))
    try:
        change_settings(deps, visit.store, visit.person.name, seen, words)
    except CannotAsk as why:
        plan = plan_settings(deps, visit.store, seen, words)
        other = "" if isinstance(why, SettingsChanged) or plan.wrong else str(why)
        return _planned(visit, plan, refused=other, status=409)
    if not filled(visit, "compare"):
        return see_other(address(visit.store, "settings", said="saved"))
    compare_sides(deps, visit.person, visit.store, full=True)
    return see_other(address(visit.store, "settings", said="compared"))


def _restore(visit: Visit, deps: ConsoleDeps, back: str) -> Answer:
    shown = show_settings(deps, visit.store)
    try:
        words, stays = words_to_restore(shown, _seen(back))
    except LookupError:
        return missing(
            visit,
            "No such version",
            "The last ten versions are kept.",
            back=address(visit.store, "settings"),
            back_words="Settings",
        )
    plan = plan_settings(deps, visit.store, shown.connection.settings_version, words)
    if not plan.changes and not stays:
        return see_other(address(visit.store, "settings", said="nothing"))
    return _planned(visit, plan, stays=[TOLD[name].title for name in stays])


def _planned(
    visit: Visit,
    plan: PlannedChange,
    *,
    stays: Sequence[str] = (),
    refused: str = "",
    status: int = 200,
) -> Answer:
    count = len(plan.changes) or len(plan.entered)
    return Answer(
        page(
            "settings_change.html",
            visit,
            tab="settings",
            connection=plan.connection,
            plan=plan,
            told=TOLD,
            stays=stays,
            refused=refused or plan.refused,
            what="1 change" if count == 1 else f"{count} changes",
        ),
        status=status,
    )


def _asks(shown: ShownSettings) -> Sequence[str]:
    """Return the settings that only the command line changes here, because it asks both sides."""
    words = shown.words
    alone = words["web_orders"] == "off" and not words["web_outlet"]
    return [name for name in ASK_BOTH_SIDES if name != "outlets" or not alone]


def _seen(text: str) -> int:
    """Return the version that a page was made of; one that never was where the address names none."""
    readable = text.isascii() and text.isdecimal() and len(text) <= _LARGEST_VERSION
    return int(text) if readable else -1
