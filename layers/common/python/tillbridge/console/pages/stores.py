"""The stores that a person may see, and the keys of all pages."""

from tillbridge.console.pages.answers import see_other
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import UnreadableStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import EVERY_STORE, Right
from tillbridge.usecases.console.deps import ConsoleDeps

KEYS = (
    ("/", "Search"),
    ("j k", "Next product, previous product"),
    ("x", "Tick the product, or take its tick away"),
    ("Shift x", "Tick all from the last one to this one"),
    ("Enter", "The first button of the product"),
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
        return see_other(address(visit.stores[0], "pos"))
    return see_other("/stores")


def stores(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show a card a store. One that cannot be read says so, and hides no other."""
    cards = [(store, _connection(deps, store)) for store in visit.stores]
    return Answer(
        page(
            "stores.html",
            visit,
            stores=cards,
            tab="stores",
            may_connect=visit.person.may(Right.CONFIGURE, StoreId(EVERY_STORE)),
        )
    )


def store(visit: Visit, _deps: ConsoleDeps) -> Answer:
    """Send a person to a store's products."""
    return see_other(address(visit.store, "pos"))


def soon(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Stand for a page until its room is merged; no release has it."""
    raise NotImplementedError


def keys(visit: Visit, _deps: ConsoleDeps) -> Answer:
    """Show which keys do what, and the switch that turns them off."""
    return Answer(page("keys.html", visit, keys=KEYS))


def _connection(deps: ConsoleDeps, name: StoreId) -> Connection | None:
    try:
        return deps.stores.find(name)
    except UnreadableStore:
        return None
