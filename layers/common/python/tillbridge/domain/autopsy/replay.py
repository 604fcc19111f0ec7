"""A timeline, played from its beginning: what each shop could promise after each moment, and how many
units more were sold than there are.

Replayed with something changed, a customer who found nothing on sale buys nothing: a sale at the till
that the POS had units for needs them again, and so does an order that BigCommerce showed units for.
Whatever happened without units happens again. So an unchanged replay is what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tillbridge.domain.autopsy.moments import (
    BookedIn,
    Found,
    Looked,
    Moment,
    Ordered,
    PosMove,
    Reading,
    Timeline,
    Written,
)
from tillbridge.domain.ids import WebOrderId


@dataclass(frozen=True, slots=True)
class TooMuch:
    """Why more may be online than there is: units by which the POS fell since the last level was read
    (`unseen`), of orders that it did not know (`put_back`), of orders since that BigCommerce did not take
    off (`not_taken`), and that others added (`others`)."""

    unseen: int = 0
    put_back: int = 0
    not_taken: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Stand:
    """How things stand after a moment: free units in the POS, units online, units of orders that are not
    booked, and of those that we know of. `had`: there were units for what happened. `happened`: False of
    what a changed replay left out."""

    pos: int
    online: int
    open: int
    known: int
    debt: int
    too_much: TooMuch = field(default_factory=TooMuch)
    had: bool = True
    happened: bool = True


@dataclass(frozen=True, slots=True)
class Played:
    """The stands before and after each moment, by the moment's place in the timeline that was played
    first, and what each level was read from."""

    begin: Stand
    stands: Mapping[int, Stand]
    before: Mapping[int, Stand]
    read: Mapping[int, int]
    seen: Mapping[int, int]

    @property
    def debt(self) -> int:
        """Return the debt in the end."""
        return [self.begin, *self.stands.values()][-1].debt

    @property
    def prevented(self) -> bool:
        """Return whether no debt came about that was not there in the beginning."""
        return self.debt <= self.begin.debt


@dataclass(slots=True)
class _Shops:
    """Both shops while they are played. `less`: units of safety stock that there were not. `first`: what
    happened; None while that itself is played."""

    timeline: Timeline
    less: int = 0
    first: Played | None = None
    pos: int = 0
    online: int = 0
    owed: dict[WebOrderId, int] = field(default_factory=dict)
    known: dict[WebOrderId, int] = field(default_factory=dict)
    booked: dict[WebOrderId, int] = field(default_factory=dict)
    refused: set[WebOrderId] = field(default_factory=set)
    moved: int = 0
    at_reading: dict[int, tuple[int, dict[WebOrderId, int]]] = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    raw: dict[int, int] = field(default_factory=dict)
    base_moved: int = 0
    too_much: TooMuch = field(default_factory=TooMuch)

    def __post_init__(self) -> None:
        self.pos = self.timeline.pos
        self.online = max(0, self.timeline.online - self.less)
        self.owed = dict(self.timeline.owed)
        self.known = dict(self.timeline.owed)

    def stand(self, *, had: bool = True, happened: bool = True) -> Stand:
        """Return how things stand."""
        free = self.pos - self._open(self.owed)
        much = replace(self.too_much, unseen=max(0, self.base_moved - self.moved))
        return Stand(
            pos=self.pos,
            online=self.online,
            open=self._open(self.owed),
            known=self._open(self.known),
            debt=max(0, -free),
            too_much=much,
            had=had,
            happened=happened,
        )

    def _open(self, orders: Mapping[WebOrderId, int]) -> int:
        return sum(max(0, units - self.booked.get(order, 0)) for order, units in orders.items())

    def play(self, place: int, moment: Moment) -> Stand:
        """Let a moment happen, if it does, and return how things stand then."""
        had = True
        match moment:
            case PosMove():
                had = self.pos + moment.units >= 0
                if moment.is_sale and not had and self._had(place):
                    return self.stand(had=False, happened=False)
                self.pos += moment.units
                self.moved += moment.units
            case Ordered():
                grows = moment.units - self.owed.get(moment.order, 0)
                first = moment.order not in self.owed
                had = self.online >= grows
                refused = first and not had and self._had(place)
                if refused or moment.order in self.refused:
                    self.refused.add(moment.order)
                    return self.stand(had=False, happened=False)
                self.owed[moment.order] = moment.units
                self._take_off(max(0, grows))
            case Found() if moment.order not in self.refused:
                self.known[moment.order] = moment.units
            case BookedIn() if moment.order not in self.refused:
                self.pos -= moment.units - self.booked.get(moment.order, 0)
                self.booked[moment.order] = moment.units
            case Reading():
                self._note_reading(moment)
            case Written():
                self._write(moment)
            case Looked():
                self._look(place, moment)
            case _:
                return self.stand(happened=False)
        return self.stand(had=had)

    def _had(self, place: int) -> bool:
        return self.first is not None and self.first.stands[place].had

    def _take_off(self, units: int) -> None:
        taken = min(units, self.online) if self.timeline.takes_off else 0
        self.online -= taken
        not_taken = self.too_much.not_taken + units - taken
        self.too_much = replace(self.too_much, not_taken=not_taken)

    def _note_reading(self, reading: Reading) -> None:
        has = {o: max(n, self.booked.get(o, 0)) for o, n in self.known.items()}
        self.at_reading[reading.write] = self.moved, has
        self.read[reading.write] = self.pos - self._open(self.known)
        self.raw[reading.write] = reading.raw

    def _write(self, write: Written) -> None:
        moved, has = self.at_reading[write.write]
        self.base_moved = moved
        back = sum(
            max(0, units - max(has.get(order, 0), self.booked.get(order, 0)))
            for order, units in self.owed.items()
        )
        self.too_much = TooMuch(put_back=back)
        changed = 0
        if self.first is not None:
            changed = self.read[write.write] - self.first.read[write.write]
        self.online = write.level
        if changed or self.less:
            self.online = max(0, self.raw[write.write] + changed - self.less)

    def _look(self, place: int, look: Looked) -> None:
        others = look.online - self.online if self.first is None else self.first.seen[place]
        self.seen[place] = others
        self.online = max(0, self.online + others)
        added = max(0, self.too_much.others + others)
        self.too_much = replace(self.too_much, others=added)


def play(
    timeline: Timeline,
    *,
    places: Sequence[int] = (),
    less: int = 0,
    first: Played | None = None,
) -> Played:
    """Play a timeline. Without `first` it is what happened. With it, it is a changed one: `places` are
    those of its moments in what happened, and each level is lower by `less`."""
    shops = _Shops(timeline, less, first)
    begin = shops.stand()
    stands: dict[int, Stand] = {}
    before: dict[int, Stand] = {}
    last = begin
    for place, moment in zip(places or range(len(timeline.moments)), timeline.moments, strict=True):
        before[place] = last
        last = stands[place] = shops.play(place, moment)
    return Played(begin, stands, before, shops.read, shops.seen)
