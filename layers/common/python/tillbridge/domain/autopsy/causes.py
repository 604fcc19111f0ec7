"""The cause of a debt: what happened at the moment it arose, and what made that possible."""

from enum import StrEnum

from tillbridge.domain.autopsy.moments import BookedIn, Ordered, PosMove, Timeline
from tillbridge.domain.autopsy.replay import Played, Stand


class Cause(StrEnum):
    """`till_after_web`: the till sold what the web had sold, and the POS did not know. `web_after_till`:
    the web sold what the POS no longer had, and BigCommerce did not know. `put_back`: a level of ours
    put units back that an order had taken. `two_web_orders`: BigCommerce sold more than it showed, or
    does not take stock off when an order is placed. `order_grew`: staff added units to an order.
    `raised_by_others`: somebody else raised the level. `count_below_promised`: a count, transfer or
    adjustment took units that the web had sold. `pos_below_zero`: the POS itself fell below none.
    `unknown_line`: the order came before its product was linked. `still_booked`: the POS has booked units
    of an order that no longer owes them."""

    TILL_AFTER_WEB = "till_after_web"
    WEB_AFTER_TILL = "web_after_till"
    PUT_BACK = "put_back"
    TWO_WEB_ORDERS = "two_web_orders"
    ORDER_GREW = "order_grew"
    RAISED_BY_OTHERS = "raised_by_others"
    COUNT_BELOW_PROMISED = "count_below_promised"
    POS_BELOW_ZERO = "pos_below_zero"
    UNKNOWN_LINE = "unknown_line"
    STILL_BOOKED = "still_booked"


def broke_at(played: Played) -> int | None:
    """Return the place of the moment at which the debt last rose; None when it never did."""
    risen = [p for p, stand in played.stands.items() if stand.debt > played.before[p].debt]
    return risen[-1] if risen else None


def broke_units(played: Played) -> tuple[int | None, ...]:
    """Return, for each unit of the debt in the end, the place of the moment at which it last rose to so
    many; None of those that there were in the beginning."""
    found: list[int | None] = []
    for unit in range(1, played.debt + 1):
        risen = [p for p, s in played.stands.items() if played.before[p].debt < unit <= s.debt]
        found.append(risen[-1] if risen else None)
    return tuple(found)


def cause_of(timeline: Timeline, played: Played, place: int) -> Cause | None:
    """Return what made the debt rise at this moment. None when what is kept contradicts itself: the
    units are not accounted for by anything that was written down."""
    moment, before = timeline.moments[place], played.before[place]
    if isinstance(moment, PosMove):
        return _of_move(moment, played.stands[place])
    if isinstance(moment, BookedIn):
        return Cause.STILL_BOOKED
    if not isinstance(moment, Ordered):
        return None
    if not moment.linked:
        return Cause.UNKNOWN_LINE
    if _grew(timeline, place, moment):
        return Cause.ORDER_GREW
    return _of_order(moment, before)


def _of_move(move: PosMove, after: Stand) -> Cause:
    # Below none in the POS nobody else is needed; otherwise units are missing that the web had sold.
    if after.pos < 0:
        return Cause.POS_BELOW_ZERO
    return Cause.TILL_AFTER_WEB if move.is_sale else Cause.COUNT_BELOW_PROMISED


def _grew(timeline: Timeline, place: int, order: Ordered) -> bool:
    known = any(number == order.order for number, _ in timeline.owed)
    earlier = timeline.moments[:place]
    return known or any(isinstance(m, Ordered) and m.order == order.order for m in earlier)


def _of_order(order: Ordered, before: Stand) -> Cause | None:
    much = before.too_much
    if before.online < order.units:
        return Cause.TWO_WEB_ORDERS
    if much.unseen:
        return Cause.WEB_AFTER_TILL
    if much.put_back:
        return Cause.PUT_BACK
    if much.not_taken:
        return Cause.TWO_WEB_ORDERS
    return Cause.RAISED_BY_OTHERS if much.others else None
