"""The plan of an undo: of a job, or of the newest push of some products."""

from collections.abc import Collection, Sequence

from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.jobs import LONGEST_ID, Job
from tillbridge.domain.link_requests import UndoOf
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.people import Person
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Selection
from tillbridge.domain.view_rows import POS
from tillbridge.domain.why.names import named as fields_named
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.job_lines import came_in
from tillbridge.usecases.console.plan_request import (
    check,
    check_own,
    is_own,
    keep,
    not_own,
    plan_request,
)
from tillbridge.usecases.console.planning import Planned, named, why
from tillbridge.usecases.console.planning_undo import (
    Undos,
    newest_push,
    undo_newest,
    undo_of_first,
    undo_of_job,
)

MOST_PRODUCTS = 50
"""So many products are looked through for their newest push; more are undone by their job."""

_NOTES = (
    "What the POS or somebody online changed since is left alone; the job says so, product by product.",
    "What is put back stays until the POS changes that value. Stock, pictures and variants stay as they are.",
)
_OF_IMPORT = (
    "This unlinks what the import brought in. The POS keeps these products: delete there what you do not"
    " want."
)
_OF_LINK = "The products stay linked: unlink them to part them."


def wires_of(fields: Sequence[str]) -> tuple[str, ...]:
    """Return BigCommerce's names of fields as people name them. Raise CannotAsk for one that no push sends."""
    found: set[str] = set()
    for text in fields:
        wires = {wire for each in fields_named(text) if each.field for wire in each.wires}
        if not wires:
            raise CannotAsk(f"No push sends a field that is called '{text[:60]}'.")
        found |= wires
    return tuple(sorted(found))


def labels_of(fields: Sequence[str]) -> frozenset[str]:
    """Return what people call these fields. Raise CannotAsk as `wires_of`."""
    return frozenset(FIELDS[wire].label for wire in wires_of(fields) if wire in FIELDS)


def plan_undo(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    *,
    job: str = "",
    products: Sequence[str] = (),
    fields: Sequence[str] = (),
) -> RequestPlan:
    """Return the plan of an undo of a job, of `products` only if any are named; or, without a job, of the newest
    push of each of them. `fields`: what of it, as people name fields. An import is undone by a plan that unlinks, an
    unlink by one that links. Raise CannotAsk, with words for the person."""
    wires = wires_of(fields)
    check(person, store, 1 if job else len(products))
    if job:
        return _of_job(deps, person, store, job, tuple(dict.fromkeys(products)), wires)
    if len(products) > MOST_PRODUCTS:
        raise CannotAsk(
            f"The newest pushes of {MOST_PRODUCTS} products can be undone at once. Undo the job instead."
        )
    how = _money(deps, store)
    undos, ids = (
        Undos(Planned(), [], frozenset(wires), how),
        [PosProductId(each) for each in products],
    )
    rows, links = deps.views.get(store, POS, ids), deps.links.get(store, ids)
    for each in dict.fromkeys(ids):
        link, row = links.get(each), rows.get(each)
        newest = newest_push(deps, store, each, link, undos.fields)
        if newest is not None and not is_own(person, store, newest.by):
            undos.planned.leave_out(why(named(each, row, link), "not_yours", not_own(newest.by)))
        else:
            undo_newest(each, newest, link, row, undos)
    return _kept(deps, person, store, products, UndoOf("", wires), undos)


def _of_job(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    job: str,
    products: tuple[str, ...],
    wires: tuple[str, ...],
) -> RequestPlan:
    found = deps.jobs.get(store, job) if len(job) <= LONGEST_ID else None
    if found is None and not deps.befores.until(store, job[:LONGEST_ID]):
        raise CannotAsk("There is no such job. What pushes replaced is kept for 90 days.")
    check_own(person, store, found.by if found else "")
    do = found.do if found is not None else Do.PUSH
    if wires and do not in (Do.PUSH, Do.RETRY, Do.LINK):
        raise CannotAsk("Only a push replaces single fields.")
    if found is not None and do is Do.IMPORT:
        return _unlink(deps, person, store, found, products)
    left = deps.jobs.left(store, job)
    if left.count:
        words = "This job goes on: its products are still on their way. Undo it when it has ended."
        raise CannotAsk(words)
    told = deps.jobs.outcomes(store, job)
    if do is Do.UNLINK:
        asked = [e for e, did in told.did.items() if did is Did.UNLINKED and _is_of(e, products)]
        lines = deps.jobs.lines(store, told, asked)
        pairs = tuple((e, int(line.web)) for e, line in lines.items() if line.web is not None)
        return plan_request(deps, person, store, Do.LINK, Selection(POS), pairs=pairs)
    undos = Undos(Planned(), [], frozenset(wires), _money(deps, store))
    if do is Do.LINK:
        linked = [e for e, did in told.did.items() if did is Did.LINKED and _is_of(e, products)]
        undo_of_first(deps, store, linked, undos)
        undos.planned.notes.append(_OF_LINK)
    elif do in (Do.PUSH, Do.RETRY):
        undo_of_job(deps, store, job, told, products, undos)
    else:
        raise CannotAsk(
            "An undo is not undone. Change the values in the POS: they go out again then."
        )
    check(person, store, max(1, undos.planned.creates + undos.planned.updates))
    return _kept(deps, person, store, products, UndoOf(job, wires), undos)


def _money(deps: ConsoleDeps, store: StoreId) -> MoneyFormat | None:
    connection = deps.stores.find(store)
    return connection.money if connection else None


def _unlink(
    deps: ConsoleDeps, person: Person, store: StoreId, job: Job, products: Collection[str]
) -> RequestPlan:
    told = deps.jobs.imported(store, job.id).outcomes
    came = [each.product for each in told if came_in(each) and each.kind != "already_linked"]
    ids = tuple(each for each in dict.fromkeys(came) if each and _is_of(each, products))
    return plan_request(
        deps, person, store, Do.UNLINK, Selection(POS, ids=ids), notes=(_OF_IMPORT,)
    )


def _is_of(product: str, products: Collection[str]) -> bool:
    return not products or product in products


def _kept(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    products: Sequence[str],
    undoes: UndoOf,
    undos: Undos,
) -> RequestPlan:
    planned = undos.planned
    if planned.updates:
        planned.notes += _NOTES
    selection = Selection(POS, ids=tuple(products))
    return keep(deps, person, store, Do.UNDO, selection, planned, undos.kept, undoes)
