"""Removing a store: what it comes to, and its name typed again."""

from tillbridge.console.pages.answers import filled, see_other
from tillbridge.console.render import address, page
from tillbridge.console.store_words import pos_words
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.removal import KEPT_DAYS, KEPT_MS
from tillbridge.usecases.console import remove as removing
from tillbridge.usecases.console.deps import ConsoleDeps


def show(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Say what removing the store comes to, and ask for its name."""
    return _page(visit, deps)


def remove(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Remove the store whose name was typed, and show what was removed."""
    typed = filled(visit, "name").strip()
    try:
        removing.remove(deps, visit.person, visit.store, typed)
    except CannotAsk as why:
        return _page(visit, deps, wrong=str(why), typed=typed)
    return see_other("/stores?said=removed")


def _page(visit: Visit, deps: ConsoleDeps, *, wrong: str = "", typed: str = "") -> Answer:
    try:
        before = removing.before_removing(deps, visit.store)
    except UnknownStore:  # somebody else was faster
        return see_other(address(visit.store))
    return Answer(
        page(
            "remove.html",
            visit,
            tab="settings",
            connection=before.connection,
            before=before,
            pos=pos_words(before.connection.pos_account),
            days=KEPT_DAYS,
            until_ms=visit.now_ms + KEPT_MS,
            wrong=wrong,
            typed=typed,
        ),
        status=422 if wrong else 200,
    )
