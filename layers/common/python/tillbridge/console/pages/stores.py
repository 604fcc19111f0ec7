"""The stores that a person may see, and the keys of all pages."""

from collections.abc import Mapping

from tillbridge.console import store_words
from tillbridge.console.pages.answers import asked, see_other
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import EVERY_STORE, Right
from tillbridge.usecases.console import overview
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.remove import removed_stores

A_PAGE = 30
"""Cards of a page: what is told of them is one request."""

SAID: Mapping[str, str] = {
    "removed": "It is removed, and nothing more is sent. Below stands until when it can come back."
}
"""Messages after a request, by what the address says."""

KEYS = (
    ("/", "Search"),
    ("j k", "Next product, previous product"),
    ("x", "Tick the product, or take its tick away"),
    ("Shift x", "Tick all from the last one to this one"),
    ("Enter", "Open the product"),
    ("r", "The first button below the product"),
    ("p", "Push what is ticked"),
    ("i", "Import what is ticked"),
    ("g p", "Go to the POS view"),
    ("g w", "Go to the Web view"),
    ("g j", "Go to the jobs"),
    ("g o", "Go to all stores"),
    ("?", "This page"),
)


def home(visit: Visit, _deps: ConsoleDeps) -> Answer:
    """Send a person to their only store, or to the list of stores."""
    if len(visit.stores) == 1:
        return see_other(address(visit.stores[0]))
    return see_other("/stores")


def stores(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show a card a store, A_PAGE of them at one request. One that cannot be read says so, and hides no other."""
    after = asked(visit, "after")
    removed = removed_stores(deps, visit.person)
    gone = {each.store for each in removed}
    there = [store for store in visit.stores if store not in gone]
    left = [store for store in there if store > after]
    cards = overview.cards(deps, left[:A_PAGE])
    return Answer(
        page(
            "stores.html",
            visit,
            tab="stores",
            cards=[(card, store_words.told_of(card, visit.now_ms)) for card in cards],
            more=left[A_PAGE - 1] if len(left) > A_PAGE else "",
            total=len(there),
            removed=removed,
            said=SAID.get(asked(visit, "said")),
            may_connect=visit.person.may(Right.CONFIGURE, StoreId(EVERY_STORE)),
        )
    )


def keys(visit: Visit, _deps: ConsoleDeps) -> Answer:
    """Show which keys do what, and the switch that turns them off."""
    return Answer(page("keys.html", visit, keys=KEYS))
