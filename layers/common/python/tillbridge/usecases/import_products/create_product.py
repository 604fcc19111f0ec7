"""Create one product in the POS: refuse what must not come in, offer a link where the POS has the
product, and write down the intent before the call."""

from dataclasses import dataclass, replace

from tillbridge.domain.errors import Conflict, Refused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.importing import NO_VENDOR, PlaceInPos, import_problem, new_product
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.domain.names import sku_key
from tillbridge.domain.new_product import ADOPTED, CreatedRecord, NewProduct
from tillbridge.domain.pending import arrival
from tillbridge.domain.product import Product
from tillbridge.domain.shapes import shape_differences
from tillbridge.domain.web_product import WebProduct, known
from tillbridge.ports.imports import Outcome
from tillbridge.ports.pos_catalogue import Taken
from tillbridge.usecases.import_products.pos_index import PosIndex
from tillbridge.usecases.import_products.session import Session

SKU_TRIES = 5


@dataclass(frozen=True, slots=True)
class CreatedProduct:
    """A product that is in the POS and not yet linked."""

    web: WebProduct
    new: NewProduct
    made: CreatedRecord


def create_product(
    session: Session, web: WebProduct, reserved: tuple[str, ...], index: PosIndex
) -> CreatedProduct | None:
    """Create the product in the POS. Report why and return None when it is not created. `reserved`:
    the SKUs of an earlier try."""
    problem = import_problem(web, session.limits)
    if problem is not None:
        session.report(_refused(web, problem.words))
        return None
    matches = {m for m in index.holders(web.skus) if m not in index.holders(reserved)}
    if matches:
        _offer(session, web, sorted(matches))
        return None
    try:
        session.deps.links.reserve(session.store, web.id)
    except Conflict:
        session.report(
            Outcome(
                web.id,
                "already_linked",
                f"'{web.name}' was linked during the import. There is nothing left to do.",
                name=web.name,
            )
        )
        return None
    skus, again = _reserve_skus(session, web, reserved)
    try:
        return _create(session, web, _new(session, web, skus), again=again)
    except Refused:
        session.forget_named()  # a remembered department may be gone: look it up, then try again
    try:
        return _create(session, web, _new(session, web, skus), again=again)
    except Refused as refusal:
        words = (
            f"The POS refused '{web.name}': {refusal.said}. Correct it in BigCommerce, then import "
            "it again."
        )
        _give_up(session, web, words)
        return None


def _new(session: Session, web: WebProduct, skus: tuple[str, ...]) -> NewProduct:
    department = known(web.category).strip() or session.connection.settings.default_department
    place = PlaceInPos(
        external_id(session, web), session.department(department), session.vendor(NO_VENDOR)
    )
    return new_product(web, skus, place, session.limits)


def external_id(session: Session, web: WebProduct) -> str:
    """Return what the POS records as a product's origin. It names the store, since two stores may
    have the same number."""
    return f"{session.connection.store_hash}/{web.id}"


def _reserve_skus(
    session: Session, web: WebProduct, reserved: tuple[str, ...]
) -> tuple[tuple[str, ...], bool]:
    """Return the SKUs to create the product with, and whether the POS may have been told of it before:
    they are written down before it is called, so whoever finds them written was not the first."""
    needed = 1 + len(web.variants)
    if len(reserved) >= needed:
        return reserved[:needed], True
    more = session.issuer().issue(needed - len(reserved))
    kept = session.deps.imports.begin(session.store, web.id, reserved or more)
    again = kept != more
    if len(kept) < needed:
        kept = (*kept, *more)[:needed]
        session.deps.imports.change_skus(session.store, web.id, kept)
    return kept[:needed], again


def _create(
    session: Session, web: WebProduct, new: NewProduct, *, again: bool
) -> CreatedProduct | None:
    tried: set[str] = set()
    for _ in range(SKU_TRIES):
        tried.add(sku_key(new.sku))
        try:
            return CreatedProduct(web, new, session.pos.create(new, again=again))
        except Taken as taken:
            if taken.what != "sku_taken":
                return _came_before(session, web, new, tried, taken)
            new = _with_other_skus(session, web, new)
    words = f"Every SKU that was tried for '{web.name}' is taken in the POS. Import it again."
    _give_up(session, web, words)
    return None


def _with_other_skus(session: Session, web: WebProduct, new: NewProduct) -> NewProduct:
    skus = session.issuer().issue(1 + len(new.variants))
    session.deps.imports.change_skus(session.store, web.id, skus)
    variants = tuple(replace(v, sku=s) for v, s in zip(new.variants, skus[1:], strict=True))
    return replace(new, sku=skus[0], variants=variants)


def _came_before(
    session: Session, web: WebProduct, new: NewProduct, tried: set[str], taken: Taken
) -> CreatedProduct | None:
    holder, by_name = PosProductId(taken.holder), taken.what == "name_taken"
    if by_name and not holder:
        words = (
            f"The POS already has a product named '{web.name}', and takes each name once. Give one of "
            "the two another name, then import it again."
        )
        _give_up(session, web, words)
        return None
    # Ours only if it has a SKU reserved for this very import; else a person decides. A POS may report
    # the SKU as taken although its holder is the product that an earlier try made.
    record = session.pos.products([holder]).get(holder)
    if record is not None and sku_key(record.sku) in tried:
        return CreatedProduct(web, new, CreatedRecord(holder, ADOPTED))
    session.deps.links.free(session.store, web.id)
    session.deps.imports.end(session.store, web.id)
    _offer(session, web, [holder], by_name=by_name)
    return None


def _give_up(session: Session, web: WebProduct, words: str) -> None:
    session.report(_refused(web, words))
    session.deps.imports.end(session.store, web.id)
    session.deps.links.free(session.store, web.id)


def _offer(
    session: Session, web: WebProduct, matches: list[PosProductId], *, by_name: bool = False
) -> None:
    """Report that the POS has the product already (`by_name`: another of its name, which it takes once),
    and offer to link the two. With auto-link on and no doubt about the match, request the link instead."""
    first = matches[0]
    if session.connection.settings.auto_link == "auto" and len(matches) == 1:
        record = session.pos.products([first]).get(first)
        linked = session.deps.links.get(session.store, [first]).get(first)
        sure = record is not None and _has_sku(record, web) and not shape_differences(record, web)
        if sure and (linked is None or not linked.id):
            request = LinkRequest(
                id=f"{session.request}-{web.id}",
                place=0,
                store=session.store,
                kind=LinkRequestKind.LINK,
                product=first,
                web=web.id,
                order=arrival(session.deps.clock.now_ms()),
                by=session.by,
            )
            session.deps.link_requests.put([request])
            words = (
                f"The POS already has '{web.name}' with the same SKU (product {first}). "
                "Tillbridge is linking them."
            )
            session.report(Outcome(web.id, "linked", words, first, web.name))
            return
    which = f"product {first}" if len(matches) == 1 else f"products {', '.join(matches)}"
    link = f"Link them: tillbridge link {first} {web.id}"
    words = f"The POS already has '{web.name}' with the same SKU ({which}). {link}"
    if by_name:
        words = (
            f"The POS already has a product named '{web.name}' ({which}), and takes each name once. If it "
            f"is another product, give one of the two another name and import again. {link}"
        )
    session.report(Outcome(web.id, "offered", words, first, web.name))


def _has_sku(record: Product, web: WebProduct) -> bool:
    # A shared product number is a reason to ask, not to link.
    theirs = {sku_key(sku) for sku in web.skus}
    return any(sku_key(sku) in theirs for sku in record.skus)


def _refused(web: WebProduct, words: str) -> Outcome:
    return Outcome(web.id, "refused", words, name=web.name)
