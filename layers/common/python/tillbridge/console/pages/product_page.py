"""What the tabs of a product's page have in common: addresses, head, actions, and a page that is not there."""

from collections.abc import Callable
from dataclasses import dataclass

from tillbridge.console import product_words, words
from tillbridge.console.pages.answers import missing
from tillbridge.console.pages.notes import Remedy, notes_of, one_value, remedies_of
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Right
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import POS, WEB, RowState
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.list_products import Shown, Waiting
from tillbridge.usecases.console.plan_request import is_own
from tillbridge.usecases.console.product_shown import ProductShown, WaitingShown


@dataclass(frozen=True, slots=True)
class Looked:
    """The product that an address names: of the POS, or of BigCommerce by its number."""

    product: PosProductId | None = None
    number: StoreProductId | None = None


@dataclass(frozen=True, slots=True)
class Actions:
    """The buttons of the head: those that are seen, the solid one last, and those behind the three dots."""

    seen: tuple[Remedy, ...] = ()
    more: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class May:
    """What who looks may do beside a push: decide about drift, and take back what `undo` was asked for by."""

    decide: bool
    undo: Callable[[str], bool]


def product_page(
    template: str, visit: Visit, deps: ConsoleDeps, shown: ProductShown, tab: str, **values: object
) -> Answer:
    """Return a tab of a product's page: the head, the tabs, and the template's own."""
    row = _as_row(shown)

    def here(**query: object) -> str:
        return looked_at(visit, shown, **query)

    back = here(**{name: each[0] for name, each in visit.query.items() if name != "said" and each})
    may_act = visit.person.may(Right.ACT, visit.store)
    connection = shown.connection or deps.stores.as_told(visit.store)
    common: dict[str, object] = {
        "tab": "products",
        "connection": connection,
        "shown": shown,
        "side": side_of(shown),
        "here": here,
        "back": back,
        "may": May(
            visit.person.may(Right.DECIDE, visit.store),
            lambda by: may_act and is_own(visit.person, visit.store, by),
        ),
        "of_product": tab,
        "tabs": product_words.TABS,
        "counts": _counts(shown),
        "status": words.status_of(row) if row else None,
        "notes": notes_of(row) if row else (),
        "remedies": remedies_of(visit.store, row) if row else (),
        "actions": _actions(visit, shown, back),
        "owner_words": product_words.owner_words,
        "field_status": product_words.field_status,
        "waiting_title": product_words.waiting_title,
        "waiting_words": product_words.waiting_words,
        "sentence": product_words.sentence,
        "money_labels": product_words.MONEY,
        "code_labels": product_words.CODES,
        "may_look": words.MAY_LOOK,
    }
    return Answer(page(template, visit, **(common | values)))


def looked_at(visit: Visit, of: ProductShown | Looked, **query: object) -> str:
    """Return the address of a product's page: that of its POS product, where it has one."""
    if of.product is not None:
        return address(visit.store, "products", of.product, **query)
    return address(visit.store, "web", of.number, **query)


def of_pos(visit: Visit, looked: Looked, product: PosProductId | None) -> str:
    """Return where the page of a linked number is, which has one address; '' where this is it."""
    if looked.number is None or product is None:
        return ""
    query = {name: values[0] for name, values in visit.query.items() if values}
    return address(visit.store, "products", product, **query)


def no_product(visit: Visit) -> Answer:
    """Return the page for a product that nobody knows."""
    side = WEB if "number" in visit.path else POS
    where = "BigCommerce" if side == WEB else "The POS"
    return missing(
        visit,
        "No such product",
        f"{where} has shown no product with this id so far. It may be new: compare both sides, then look again."
        " One that was deleted is forgotten after 90 days.",
        back=address(visit.store, side),
        back_words="Products",
    )


def with_both(shown: ProductShown) -> bool:
    """Return whether a product is on both sides. One whose link is broken was deleted online."""
    broken = shown.pos is not None and shown.pos.state is RowState.BROKEN
    return shown.product is not None and shown.number is not None and not broken


def side_of(shown: ProductShown) -> str:
    """Return the side whose list has the product: the POS's, if it is there."""
    return POS if shown.product is not None else WEB


def _as_row(shown: ProductShown) -> Shown | None:
    row = shown.pos or shown.web
    waits = shown.waiting[0] if shown.waiting else None
    return Shown(row, _waiting(waits) if waits else None) if row else None


def _waiting(waits: WaitingShown) -> Waiting:
    return Waiting(Lane(waits.lane), waits.since_ms, waits.because[0] if waits.because else "")


def _counts(shown: ProductShown) -> dict[str, int]:
    row = shown.pos or shown.web
    several = row.variants if row and row.variants > 1 else 0
    return {
        "compare": len(product_words.differs(shown.fields)) if with_both(shown) else 0,
        "variants": len(shown.variants) + shown.variants_left or several,
    }


def _actions(visit: Visit, shown: ProductShown, back: str) -> Actions:
    """Return what can be asked for about a product; `POST plans` plans each."""
    if shown.product is None:
        left = str(shown.number)
        link = Remedy("Link…", "link", href=address(visit.store, "link", web=left, back=back))
        return Actions((link, Remedy("Import", "import", one_value(Do.IMPORT, left))))
    product, row = shown.product, shown.pos
    push = Remedy("Push", "push", one_value(Do.PUSH, product))
    again = Remedy("Refresh and push again", "refresh", one_value(Do.RETRY, product))
    unlink = Remedy("Unlink", "torn", one_value(Do.UNLINK, product))
    look = Remedy("Look now…", "eye", one_value(Do.LOOK, product))
    if shown.number is not None:
        return Actions((push,), (look, again, unlink))
    if row is not None and row.state is RowState.BROKEN:
        return Actions((push,), (unlink,))
    link = Remedy("Link…", "link", href=address(visit.store, "link", pos=product, back=back))
    return Actions((link, push), (again,))
