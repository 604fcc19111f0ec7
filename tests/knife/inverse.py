"""The knife's inverse: a drain dies, or loses an answer, and then the POS takes the change back,
moves on or leaves it. What is online in the end must be what the POS says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from tests.knife.by_hand import BY_HAND
from tests.knife.end_state import online_product
from tests.knife.knife import Kill, Knife, under
from tests.knife.loop import REDELIVERY_S, Outcome, difference, settle
from tests.knife.taken_back import CHANGES, CREATES, NEXT, Change
from tests.world import WRITES, World
from tillbridge.domain.connection import PushContent
from tillbridge.domain.errors import LostReply, StoreDown
from tillbridge.domain.product import Product
from tillbridge.usecases.store_work import work_on_store

POSTED = frozenset(
    {"create", "add_image", "create_option", "add_option_value", "create_categories"}
)
"""Writes that are not repeated when their answer is lost."""

ALL = {**CHANGES, **CREATES, **BY_HAND}

LATE_S = (30, 300, 840)
"""How many seconds late a write without an answer may be carried out."""


type Troubled = Callable[[Change, PushContent, int], Iterator[tuple[str, World]]]
"""Yields worlds in which trouble struck at one place each, and says which (or at every nth)."""


def play_inverse(name: str, mode: PushContent, every: int = 1) -> Outcome:
    """Die after every port call of a change (or every `every`th), and lose the answer of every
    write, applied or not. Then have the POS do each of NEXT."""
    return _play(ALL[name], mode, _troubled, every)


def play_late(name: str, mode: PushContent, every: int = 1) -> Outcome:
    """Have every write of a change (or every `every`th) carried out late: after it was repeated and
    answered, after it was given up, or after a death. Then have the POS do each of NEXT."""
    return _play(ALL[name], mode, _late, every)


def _play(change: Change, mode: PushContent, troubled: Troubled, every: int) -> Outcome:
    outcome = Outcome(0)
    for what, products in NEXT.items():
        to = products(change)
        ends = _ends(change, mode, to)
        for seconds in REDELIVERY_S:
            for where, world in troubled(change, mode, every):
                world.clock.advance(seconds)
                change.goes_on(world, to)
                outcome.ended += 1
                if words := _wrong(world, change, ends):
                    outcome.differing.append(f"{what}, {seconds} s, {where}: {words}")
    outcome.points = outcome.ended // (len(NEXT) * len(REDELIVERY_S))
    return outcome


def _ends(change: Change, mode: PushContent, to: Sequence[Product]) -> Sequence[Any]:
    """Return the right ends: everything in its turn or, where nothing had been done when trouble
    came, in the other order."""
    one_by_one, at_once = change.begun(mode), change.begun(mode)
    settle(one_by_one)
    change.goes_on(one_by_one, to)
    settle(one_by_one)
    if not change.either_order:
        return [_seen(one_by_one, change)]
    change.goes_on(at_once, to)
    settle(at_once)
    ends = [_seen(one_by_one, change), _seen(at_once, change)]
    refused = change.refused(mode)
    if refused is not None:
        settle(refused)
        change.goes_on(refused, to)
        settle(refused)
        ends.append(_seen(refused, change))
    return ends


def _wrong(world: World, change: Change, ends: Sequence[Any]) -> str:
    try:
        settle(world)
    except AssertionError as error:
        return str(error)
    world.web.script.carry_out_due()
    if world.web.script.late:  # one that needs no look: whenever it comes, it changes nothing
        world.clock.advance(LATE_S[-1])
        world.web.script.carry_out_due()
    found = _seen(world, change)
    wrong = (key for key in found if all(found[key] != end[key] for end in ends))
    return next((f"{key}: {difference(found[key], ends[0][key])}" for key in wrong), "")


def _seen(world: World, change: Change) -> dict[str, Any]:
    """Return what is online of each product, what its link says, and the products nobody has."""
    store = world.connection.store
    links = world.links.get(store, [product.id for product in change.after])
    seen: dict[str, Any] = {}
    for product in change.after:
        link = links.get(product.id)
        there = link and link.id and world.web.records.products.get(link.id)
        problem = link and link.problem and link.problem.code
        shown = (
            shown_to_shoppers(online_product(world, link.id))
            if link and link.id and there
            else None
        )
        record = world.pos.records.get(product.id)
        if shown and record and record.deleted:
            shown["level"] = {}  # nobody sees it
        seen[product.id] = (shown, link and link.status.value, problem)
    linked = {link.id for link in links.values()}
    seen["nobody's"] = [n for n in world.web.records.products if n not in linked]
    return seen


def shown_to_shoppers(product: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a shopper may notice: a value that was blanked is one that never was, and a level
    counts only where the stock is tracked. Options that no variant has are left over."""
    tracking = product["fields"].get("inventory_tracking")
    return {
        "fields": _not_blank(product["fields"]),
        "level": product["levels"] if tracking == "product" else {},
        "channels": product["channels"],
        "images": product["images"],
        "variants": [
            (options, sku, levels if tracking == "variant" else {}, _not_blank(dict(fields)))
            for options, sku, levels, fields in product["variants"]
            if options
        ],
    }


def _not_blank(fields: Mapping[str, Any]) -> dict[str, Any]:
    # New is what BigCommerce takes a product for whose condition nobody gave.
    blank = ("", None, 0, "New")
    return {name: value for name, value in fields.items() if value is False or value not in blank}


def _troubled(change: Change, mode: PushContent, every: int) -> Iterator[tuple[str, World]]:
    whole, knife = change.begun(mode), Knife()
    _drain(whole, knife)
    for point in range(1, len(knife.calls) + 1, every):
        world = change.begun(mode)
        _drain(world, Knife(point))
        yield f"killed after call {point}, {knife.calls[point - 1]}", world
    writes = [called.method for called in whole.web.log if called.method in WRITES]
    for number, method in list(enumerate(writes))[::every]:
        for applied in (True, False):
            world = change.begun(mode)
            lost = LostReply if method in POSTED else StoreDown
            before = writes[:number].count(method)
            world.web.fail_next(method, lost("no answer"), applied=applied, after=before)
            _drain(world, Knife())
            said = "applied" if applied else "not applied"
            yield f"no answer to write {number + 1}, {method} ({said})", world


def _late(change: Change, mode: PushContent, every: int) -> Iterator[tuple[str, World]]:
    whole = change.begun(mode)
    _drain(whole, Knife())
    writes = [called.method for called in whole.web.log if called.method in WRITES]
    places = [(n, m, s) for n, m in enumerate(writes) for s in LATE_S]
    for number, method, late_s in places[::every]:
        for how, error in _HOW.items():
            if how == "repeated" and method in POSTED:
                continue
            lost = LostReply("no answer") if method in POSTED and how == "given up" else error
            world = change.begun(mode)
            before = writes[:number].count(method)
            world.web.fail_next(method, lost, late_s=late_s, after=before)
            _drain(world, Knife())
            yield f"write {number + 1}, {method}, {how}, {late_s} s late", world


_HOW: dict[str, BaseException | None] = {
    "repeated": None,
    "given up": StoreDown("no answer"),
    "killed": Kill(),
}


def _drain(world: World, knife: Knife) -> None:
    with suppress(Kill):
        work_on_store(world.connection.store, under(knife, world.deps))
