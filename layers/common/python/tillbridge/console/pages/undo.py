"""The page on which a person chooses what of a product's newest push is taken back."""

from tillbridge.console.pages.answers import asked, missing, see_other, way_back
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.money_format import PLAIN
from tillbridge.usecases.console.deps import ConsoleDeps


def choose(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show what the newest push of a product replaced, field by field; those that the address names are ticked. A job
    is undone from its own page."""
    # Few calls undo anything, and each start would pay for it.
    from tillbridge.usecases.console.plan_undo import labels_of  # noqa: PLC0415 - as said above
    from tillbridge.usecases.console.undoable import undoable  # noqa: PLC0415 - as said above

    product, job = asked(visit, "product"), asked(visit, "job")
    if job and not product:
        return see_other(address(visit.store, "jobs", job))
    fields = [each for each in visit.query.get("field", ()) if each]
    try:
        chosen = labels_of(fields)
        found = undoable(deps, visit.person, visit.store, product, fields, job=job)
    except CannotAsk as why:
        return _nothing(visit, str(why))
    if found is None:
        return _nothing(visit, "It may have been deleted since.")
    connection = deps.jobs.with_store(visit.store, found.job)[1]  # in one request
    return Answer(
        page(
            "undo.html",
            visit,
            tab="products",
            connection=connection,
            how=(connection.money if connection else None) or PLAIN,
            found=found,
            chosen=chosen,
            back=way_back(visit) or address(visit.store, "products", found.product),
        )
    )


def _nothing(visit: Visit, words: str) -> Answer:
    back = way_back(visit)
    where, name = (back, "Back") if back else (address(visit.store, "pos"), "Products")
    return missing(visit, "Nothing to undo", words, back=where, back_words=name)
