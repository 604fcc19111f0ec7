"""What a request would do with each product, as far as the tables know it: nobody is called for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tillbridge.domain.estimates import push_calls, read_calls, seconds_of
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link, LinkStatus
from tillbridge.domain.link_requests import being_created, not_linked
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.request_plan import PlannedProduct, Warned
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.usecases.console.deps import ConsoleDeps

MOST_READ = 2_000
"""So many products are looked at one by one; more are counted as if they were like any other."""

SHOWN = 50
"""Products of a plan that are named, and of each warning."""

UNKNOWN, ALREADY, NOT_LINKED, DELETED = "unknown", "already_linked", "not_linked", "deleted_in_pos"

_TAKEN = frozenset({ProblemCode.NAME_TAKEN, ProblemCode.SKU_TAKEN, ProblemCode.CLASH})

_WARNS = {
    "taken": "BigCommerce has the name or SKU of these already: as long as it does, they fail.",
    "made_again": "These were deleted in BigCommerce: each is made there anew.",
    "hides": "These are deleted in the POS: they are hidden in BigCommerce.",
    "first_push": (
        "The push that follows a link replaces what BigCommerce has with what the POS has. What is"
        " replaced is kept for 90 days."
    ),
    "left_out_before": "An import left these out before: look at why.",
    "created": (
        "This push made these, so nothing can be put back: they are hidden in BigCommerce and unlinked."
        " They are not deleted."
    ),
}
"""What a person is to see and say yes to: something is lost, or will fail."""

_UNLINKS = "Both products stay; changes in the POS no longer reach BigCommerce."
_NOT_ALL_READ = f"Only the first {MOST_READ:,} products were looked at one by one."


@dataclass(slots=True)
class Planned:
    """What a request would do. `goes`: the products that something is done with."""

    goes: list[str] = field(default_factory=list)
    creates: int = 0
    updates: int = 0
    left_out: list[PlannedProduct] = field(default_factory=list)
    first: list[PlannedProduct] = field(default_factory=list)
    calls: int = 0
    linked: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _warned: dict[str, list[PlannedProduct]] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        """Return the seconds that its calls take under the quota."""
        return seconds_of(self.calls)

    def warned(self) -> list[Warned]:
        """Return what a person should see first: of each at most SHOWN products, and the ids of all."""
        return [
            Warned(c, _WARNS[c], tuple(them[:SHOWN]), tuple(each.id for each in them))
            for c, them in self._warned.items()
        ]

    def warn(self, code: str, *products: PlannedProduct) -> None:
        """Note products that a person should look at."""
        self._warned.setdefault(code, []).extend(products)

    def leave_out(self, product: PlannedProduct) -> None:
        """Note that nothing is done with a product."""
        self.left_out.append(product)

    def take(self, product: PlannedProduct, *, creates: bool = False) -> None:
        """Note that something is done with a product."""
        self.goes.append(product.id)
        self.creates += creates
        self.updates += not creates
        if len(self.first) < SHOWN:
            self.first.append(product)


def planned(
    deps: ConsoleDeps,
    store: StoreId,
    do: Do,
    side: str,
    ids: Sequence[str],
    pairs: Mapping[str, int],
) -> Planned:
    """Return what a request would do with these products of a side. Of 200 it reads rows and links in two requests
    each."""
    found = Planned()
    odd = [each for each in ids if not _can_be(do, each)]
    ids = [each for each in ids if _can_be(do, each)]
    if side == WEB and do is not Do.IMPORT:
        ids = _linked(deps, store, ids, found)
    near, far = ids[:MOST_READ], ids[MOST_READ:]
    match do:
        case Do.IMPORT:
            _import(deps, store, near, found)
        case Do.LINK:
            _link(deps, store, near, pairs, found)
        case _:
            _of_pos(deps, store, do, near, found)
    if far:
        found.goes += far
        if do is Do.IMPORT:
            found.creates += len(far)
        else:
            found.updates += len(far)
        found.notes.append(_NOT_ALL_READ)
    for each in (each[:LONGEST_ID] for each in odd):
        found.leave_out(
            PlannedProduct(each, each, code=UNKNOWN, words=f"There is no product '{each}'.")
        )
    unread = len(far)
    if do in (Do.IMPORT, Do.LINK):
        found.calls = read_calls(found.creates + found.updates)
    if do is Do.LINK:  # each is pushed after it
        found.calls += push_calls(0, [], found.updates)
    if do in (Do.PUSH, Do.RETRY):
        found.calls = push_calls(found.creates, found.linked, unread)
    return found


def _can_be(do: Do, id_: str) -> bool:
    """Return whether a product can have this id: no key and no event takes another."""
    return 0 < len(id_) <= LONGEST_ID and "\0" not in id_ and (do is not Do.IMPORT or _number(id_))


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < len(str(2**53))


def _linked(deps: ConsoleDeps, store: StoreId, webs: Sequence[str], found: Planned) -> list[str]:
    """Return the POS products of BigCommerce's products; leave out what has none."""
    numbers = [StoreProductId(int(each)) for each in webs if each.isdecimal()]
    holders = deps.links.holders(store, numbers)
    for each in webs:
        if not each.isdecimal() or holders.get(StoreProductId(int(each)), IMPORTING) == IMPORTING:
            words = f"#{each} is linked to no POS product. Import it, or link it."
            found.leave_out(PlannedProduct(each, each, code=NOT_LINKED, words=words))
    return [holder for holder in holders.values() if holder != IMPORTING]


def _of_pos(deps: ConsoleDeps, store: StoreId, do: Do, ids: Sequence[str], found: Planned) -> None:
    rows = deps.views.get(store, POS, ids)
    links = deps.links.get(store, [PosProductId(each) for each in ids])
    for each in ids:
        row, link = rows.get(each), links.get(PosProductId(each))
        product = named(each, row, link)
        if do is Do.UNLINK:
            _unlink(product, link, found)
        elif row is None and link is None:
            found.leave_out(why(product, UNKNOWN, f"The POS shows no product '{each}'."))
        else:
            _push(product, row, link, found, again=do is Do.RETRY)
    if do is Do.UNLINK and found.goes:
        found.notes.append(_UNLINKS)


def _unlink(product: PlannedProduct, link: Link | None, found: Planned) -> None:
    if link is None:
        found.leave_out(why(product, NOT_LINKED, not_linked(PosProductId(product.id))))
    elif link.status is LinkStatus.CREATING:
        words = being_created(PosProductId(product.id))
        found.leave_out(why(product, link.status.value, words))
    else:
        found.take(product)


def _push(
    product: PlannedProduct, row: ViewRow | None, link: Link | None, found: Planned, *, again: bool
) -> None:
    deleted, is_linked = row is not None and row.deleted, link is not None and link.is_linked
    if deleted and not is_linked:
        words = "It was deleted in the POS before it came online. There is nothing to push."
        found.leave_out(why(product, DELETED, words))
        return
    problem = link.problem if link is not None else None
    if problem is not None and problem.code in _TAKEN and not again:
        # Who asks to look again has seen the words, and done something about it.
        found.warn("taken", why(product, str(problem.code), problem.words))
    if link is not None and is_linked:
        found.linked.append(link)
        if deleted:
            found.warn("hides", product)
    else:
        broken = link is not None and link.status is LinkStatus.BROKEN
        if broken:
            found.warn("made_again", product)
    found.take(product, creates=not is_linked)


def _import(deps: ConsoleDeps, store: StoreId, webs: Sequence[str], found: Planned) -> None:
    rows = deps.views.get(store, WEB, webs)
    holders = deps.links.holders(store, [StoreProductId(int(each)) for each in webs])
    for each in webs:
        row = rows.get(each)
        product = PlannedProduct(each, row.name if row else f"#{each}")
        holder = holders.get(StoreProductId(int(each)))
        if row is None:
            words = f"BigCommerce showed no product #{each} so far. Compare, then try again."
            found.leave_out(why(product, UNKNOWN, words))
        elif holder == IMPORTING:
            found.leave_out(why(product, ALREADY, "It is being imported already."))
        elif holder is not None:
            words = f"It is linked to POS product {holder} already. There is nothing to import."
            found.leave_out(why(product, ALREADY, words))
        else:
            if row.words:
                found.warn("left_out_before", why(product, row.code, row.words))
            found.take(product, creates=True)


def _link(
    deps: ConsoleDeps,
    store: StoreId,
    ids: Sequence[str],
    pairs: Mapping[str, int],
    found: Planned,
) -> None:
    rows = deps.views.get(store, POS, ids)
    links = deps.links.get(store, [PosProductId(each) for each in ids])
    numbers = [StoreProductId(pairs[each]) for each in ids]
    holders = deps.links.holders(store, numbers)
    for each, number in zip(ids, numbers, strict=True):
        row, link, holder = rows.get(each), links.get(PosProductId(each)), holders.get(number)
        product = PlannedProduct(each, row.name if row else each, str(number))
        if link is not None and link.is_linked:
            words = f"It is linked to #{link.id} already."
            if link.id != number:
                words += " Unlink it first."
            found.leave_out(why(product, ALREADY, words))
        elif holder is not None and holder != each:
            words = f"#{number} is linked to POS product {holder}, or is being imported."
            found.leave_out(why(product, ALREADY, words))
        elif row is None or row.deleted:
            code = UNKNOWN if row is None else DELETED
            found.leave_out(why(product, code, f"The POS has no product '{each}' to link."))
        else:
            found.warn("first_push", product)
            found.take(product)


def named(id_: str, row: ViewRow | None, link: Link | None) -> PlannedProduct:
    """Return a product of a plan, as either side calls it."""
    name = (row.name if row else "") or (link.name if link else "") or id_
    return PlannedProduct(id_, name, str(link.id) if link and link.id else "")


def why(product: PlannedProduct, code: str, words: str) -> PlannedProduct:
    """Return a product of a plan, and why it is left out or should be looked at."""
    return PlannedProduct(product.id, product.name, product.other, code, words)
