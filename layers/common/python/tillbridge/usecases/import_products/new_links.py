"""Link the products just created in the POS. The link remembers the store's values as they are, so that
the first later change sends only what changed and blanks nothing."""

from collections.abc import Mapping, Sequence
from functools import partial

from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.details.composing import pos_detail
from tillbridge.domain.errors import Conflict, PosDown
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.new_product import CreatedRecord
from tillbridge.domain.pending import because_of_request, of_our_own
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.existing import after_import
from tillbridge.domain.row_composing import pos_row
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.imports import Outcome
from tillbridge.ports.pos_catalogue import ReadBack
from tillbridge.usecases.bisect import halved
from tillbridge.usecases.fence import best_effort, is_fault
from tillbridge.usecases.import_products.create_product import CreatedProduct
from tillbridge.usecases.import_products.fenced import fence_product
from tillbridge.usecases.import_products.plan_page import already
from tillbridge.usecases.import_products.session import Session
from tillbridge.usecases.views import Seen, write_rows


def link_created(session: Session, made: Sequence[CreatedProduct]) -> None:
    """Read the new products back in one call, and link them. Raise PosDown when the POS does not
    show one yet: its answer to our create is enough to find it again."""
    if not made:
        return
    shown, unreadable = _shown(session, made)
    unseen = []
    for fresh in made:
        if back := shown.get(fresh.made.id):
            link = partial(_link, session, fresh, back)
            fence_product(session, fresh.web, link, back.record.id)
        elif fresh.made.id not in unreadable:
            unseen.append(fresh.web.name)
    _list(session, made, {back.record.id: back.record for back in shown.values()})
    session.deps.signals.signal(session.store)
    if unseen:
        raise PosDown(f"The POS does not show '{unseen[0]}' yet, though it created it")


def _list(
    session: Session, made: Sequence[CreatedProduct], records: Mapping[PosProductId, Product]
) -> None:
    deps, settings = session.deps, session.connection.settings
    now, rows, details = deps.clock.now_ms(), {}, {}
    for product, record in records.items():
        with best_effort("listing", session.store, product):
            rows[product] = pos_row(record, settings)
        with best_effort("listing", session.store, product):
            details[product] = pos_detail(record, now)
    numbers = {each.web.id for each in made}
    seen = Seen(pos=rows, details=details, numbers=numbers, now_ms=now)
    write_rows(deps.read_model, deps.links, session.store, settings, seen)


def _shown(
    session: Session, made: Sequence[CreatedProduct]
) -> tuple[Mapping[str, ReadBack], set[str]]:
    """Return what the POS shows, and the ids of products that cannot be read."""
    shown: dict[str, ReadBack] = {}
    unreadable: set[str] = set()

    def read(some: Sequence[CreatedProduct]) -> None:
        shown.update(session.pos.read_back([each.made for each in some]))

    def guilty(each: CreatedProduct, _: Exception) -> None:
        fence_product(session, each.web, partial(read, [each]), each.made.id)
        unreadable.add(each.made.id)

    halved(made, read, guilty, is_fault)
    return shown, unreadable - shown.keys()


def finish_linked(
    session: Session, web: WebProduct, holder: PosProductId, *, under_way: bool
) -> Outcome:
    """Return the outcome of a product that is linked. `under_way`: this very import linked it, and a
    kill may have cut off its last steps, so repeat those."""
    if not under_way:
        return already(web, holder)
    link = session.deps.links.get(session.store, [holder]).get(holder)
    _look_again(session, holder, link.content_version if link else 0)
    session.deps.signals.signal(session.store)
    return _imported(web, holder, link.notes if link else ())


def _link(session: Session, created: CreatedProduct, back: ReadBack) -> None:
    web, settings, record = created.web, session.connection.settings, back.record
    if back.with_others:
        _put_to_others(session, web, record.id)
        return
    made = CreatedRecord(record.id, back.version)
    link = after_import(web, created.new, made, record, settings)
    try:
        session.deps.links.linked(session.store, link, reserved=True)
    except Conflict:
        words = (
            f"'{web.name}' was linked to another POS product during the import. Product {record.id} "
            "in the POS is new and not linked. Delete it if you do not need it."
        )
        session.report(Outcome(web.id, "failed", words, record.id, web.name))
        _end(session, web.id)
        return
    _look_again(session, record.id, link.content_version)
    session.report(_imported(web, record.id, link.notes))
    session.deps.imports.end(session.store, web.id)


def _look_again(session: Session, product: PosProductId, version: int) -> None:
    # An event between our create and our link found no link to push to. The drain looks once: at the
    # version our create returned it has nothing to do, at a newer one it pushes.
    lanes = [Lane.CONTENT]
    if session.connection.settings.web_orders is not WebOrderMode.OFF:
        # Web orders of the product were found while it was linked to nothing. The drain finds what they
        # owe when it computes the level, and has the POS told.
        lanes.append(Lane.STOCK)
    now = session.deps.clock.now_ms()
    changes = [
        of_our_own(session.store, lane, product, now, "import", version=max(version, 0))
        for lane in lanes
    ]
    session.deps.pending.mark(
        because_of_request(change, session.request, session.by) for change in changes
    )


def _put_to_others(session: Session, web: WebProduct, product: PosProductId) -> None:
    words = (
        f"The POS put '{web.name}' to a product of the same name that it had already ({product}), so nothing was "
        "linked. Take it out of that product in the POS, or link the two: tillbridge link "
        f"{product} {web.id}"
    )
    session.report(Outcome(web.id, "failed", words, product, web.name))
    _end(session, web.id)


def _end(session: Session, web: StoreProductId) -> None:
    session.deps.imports.end(session.store, web)
    session.deps.links.free(session.store, web)


def _imported(web: WebProduct, product: PosProductId, notes: Sequence[str]) -> Outcome:
    words = f"'{web.name}' is in the POS now ({product})."
    return Outcome(web.id, "imported", words, product, web.name, tuple(notes))
