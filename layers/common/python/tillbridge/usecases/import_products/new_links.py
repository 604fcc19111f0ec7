"""Linking what was just made: the link remembers the store as it is, so that the first later change
sends what changed and nothing is blanked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_fingerprint
from tillbridge.domain.errors import Conflict, PosDown
from tillbridge.domain.held import held, held_words
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId
from tillbridge.domain.importing import as_recorded
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus, SentImage
from tillbridge.domain.mapping import fingerprint, sendable_images, variant_content
from tillbridge.domain.pending import Change
from tillbridge.domain.product import Product
from tillbridge.domain.rows import pos_row
from tillbridge.domain.variants import shape
from tillbridge.domain.web_product import WebProduct, known
from tillbridge.ports.imports import Outcome
from tillbridge.usecases.import_products.make import Fresh
from tillbridge.usecases.import_products.plan_page import already
from tillbridge.usecases.import_products.session import Session


def link_made(session: Session, made: Sequence[Fresh]) -> None:
    """Reads the new products back, all in one call, and links them. Raises PosDown when the POS does
    not show one yet: what it answered to our create is enough to find it again."""
    if not made:
        return
    ids = [PosProductId(each.made.id) for each in made]
    records = session.pos.products(ids)
    rows = [pos_row(record, session.connection.settings) for record in records.values()]
    session.deps.local_copy.put(session.store, rows)
    unseen = []
    for product, fresh in zip(ids, made, strict=True):
        if product in records:
            _link(session, fresh, records[product])
        else:
            unseen.append(fresh.web.name)
    session.deps.signals.signal(session.store)
    if unseen:
        raise PosDown(f"The POS does not show '{unseen[0]}' yet, though it made it")


def imported_link(fresh: Fresh, record: Product, settings: Settings) -> Link:
    """The link of a product that came in."""
    web, version = fresh.web, fresh.made.version
    expected = as_recorded(fresh.new, record.id, version)
    # Somebody may have edited it since: what is held is what our own create could not carry.
    seen = record if record.version == version else _with_ids(expected, record)
    bare = Link(
        product=record.id,
        status=LinkStatus.LINKED,
        id=web.id,
        visible=known(web.visible),
        came_with_sku=bool(web.skus),
    )
    kept = held(web, seen, bare)
    link = replace(bare, held=kept)
    return replace(
        link,
        name=web.name,
        sku=web.sku,
        content_version=version,
        stock_version=version,
        # Without a SKU online the generated one is still to go up: it counts as a difference.
        fingerprint=content_fingerprint(seen, link, settings) if web.skus else "",
        tracking=known(web.tracking),
        images=_images(web, seen),
        assigned=True,
        variants=_variants(web, seen, link, settings),
        notes=held_words(web, seen, kept),
    )


def finish_linked(
    session: Session, web: WebProduct, holder: PosProductId, *, under_way: bool
) -> Outcome:
    """A product that is linked: by this very import, whose last steps a kill may have cut off, or
    before it."""
    if not under_way:
        return already(web, holder)
    link = session.deps.links.get(session.store, [holder]).get(holder)
    _look_again(session, holder, link.content_version if link else 0)
    session.deps.signals.signal(session.store)
    return _imported(web, holder, link.notes if link else ())


def _link(session: Session, fresh: Fresh, record: Product) -> None:
    link = imported_link(fresh, record, session.connection.settings)
    web = fresh.web
    try:
        session.deps.links.linked(session.store, link, reserved=True)
    except Conflict:
        words = (
            f"'{web.name}' was linked to another POS product meanwhile; {record.id} is not linked."
        )
        session.tell(Outcome(web.id, "failed", words, record.id, web.name))
        _end(session, web.id)
        return
    _look_again(session, record.id, link.content_version)
    session.tell(_imported(web, record.id, link.notes))
    session.deps.imports.end(session.store, web.id)


def _look_again(session: Session, product: PosProductId, version: int) -> None:
    # A change between our create and our link was told when there was no link yet. The drain looks
    # once: at the version our create returned it has nothing to do, at a newer one it pushes.
    change = Change(
        store=session.store,
        lane=Lane.CONTENT,
        product=product,
        version=max(version, 0),
        order=0,
        queued_ms=session.deps.clock.now_ms(),
        trigger="import",
    )
    session.deps.pending.mark([change])


def _end(session: Session, web: StoreProductId) -> None:
    session.deps.imports.end(session.store, web)
    session.deps.links.free(session.store, web)


def _imported(web: WebProduct, product: PosProductId, notes: Sequence[str]) -> Outcome:
    words = f"'{web.name}' is in the POS now ({product})."
    return Outcome(web.id, "imported", words, product, web.name, tuple(notes))


def _images(web: WebProduct, record: Product) -> tuple[SentImage, ...]:
    """The images of the POS's record, under the ids they have online. A POS may keep copies of its
    own, or fewer; what differs already is no change, and nothing is doubled or taken away for it."""
    shown = [image for image in known(web.images) if image.url]
    ids: dict[str, int] = {}
    if len(record.images) == len(shown):
        ids = dict(zip(record.images, (image.id for image in shown), strict=True))
    ids |= {image.url: image.id for image in shown}
    return tuple(SentImage(url, ids.get(url)) for url in sendable_images(record))


def _variants(
    web: WebProduct, record: Product, link: Link, settings: Settings
) -> Mapping[PosVariantId, LinkedVariant]:
    theirs = {shape(variant.options): variant for variant in web.variants}
    found: dict[PosVariantId, LinkedVariant] = {}
    for variant in record.variants:
        online = theirs.get(shape(variant.option_values))
        if online is not None:
            sent = fingerprint(variant_content(variant, settings.fields, link))
            found[variant.id] = LinkedVariant(
                id=online.id,
                sku=online.sku,
                fingerprint=sent if online.sku else "",
                options=variant.option_values,
            )
    return found


def _with_ids(expected: Product, record: Product) -> Product:
    ids = {shape(variant.option_values): variant.id for variant in record.variants}
    variants = tuple(
        replace(variant, id=ids.get(shape(variant.option_values), variant.id))
        for variant in expected.variants
    )
    return replace(expected, variants=variants)
