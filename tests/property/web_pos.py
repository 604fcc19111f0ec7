"""A POS for the referee of web units: every record it ever showed, and what each truly contains."""

from dataclasses import dataclass, field, replace

from tests.builders import a_product, a_variant, some_stock
from tillbridge.domain.ids import PosProductId, PosVariantId, WebLineId, WebOrderId
from tillbridge.domain.product import Product
from tillbridge.domain.versions import version_of
from tillbridge.domain.web_orders.booking import Answer
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.told import Told

PRODUCT = PosProductId("p-jumper")
SIZES = (PosVariantId("v-jumper-s"), PosVariantId("v-jumper-m"))

type Line = tuple[int, PosVariantId]
"""A line of an order as the POS knows it: its id, and the variant booked."""


@dataclass
class State:
    """What the POS holds at one version."""

    number: int = 1
    on_hand: dict[PosVariantId, int] = field(default_factory=dict)
    booked: dict[WebOrderId, dict[Line, int]] = field(default_factory=dict)
    told: dict[WebOrderId, Told] = field(default_factory=dict)
    answers: dict[WebOrderId, Answer] = field(default_factory=dict)

    def copy(self) -> "State":
        """Return a copy; what the dictionaries hold is never changed, but replaced."""
        booked = {order: dict(lines) for order, lines in self.booked.items()}
        return replace(
            self,
            on_hand=dict(self.on_hand),
            booked=booked,
            told=dict(self.told),
            answers=dict(self.answers),
        )

    def booked_of(self, order: WebOrderId, variant: PosVariantId) -> int:
        """Return what this record truly has taken off for a variant of an order."""
        lines = self.booked.get(order, {})
        return sum(units for (_, holder), units in lines.items() if holder == variant)


class Pos:
    """One product in two sizes. Each change is a version of its own. `sums`: it answers only the
    product's sum. `late`: it cannot tell versions, and answers the one that it reads back later."""

    def __init__(self, *, sums: bool, late: bool) -> None:
        self.sums, self.late = sums, late
        self.epoch = 0
        self.state = State(on_hand=dict.fromkeys(SIZES, 4))
        self.history = [self.state.copy()]
        self.documents = 0

    @property
    def version(self) -> int:
        """Return the version that the newest record shows."""
        return version_of(self.epoch, self.state.number)

    def record(self, place: int) -> tuple[Product, State]:
        """Return a record of this epoch, and what it truly contains."""
        state = self.history[place]
        variants = tuple(
            a_variant(size, id=each, stock=(some_stock(state.on_hand[each]),))
            for size, each in zip("SM", SIZES, strict=True)
        )
        version = version_of(self.epoch, state.number)
        return a_product(PRODUCT, version=version, stock=(), variants=variants), state

    def move(self, variant: PosVariantId, units: int) -> None:
        """Sell (below 0) or take in units, as the till does."""
        self.state.on_hand[variant] += units
        self._changed()

    def put(self, told: Told) -> Answer | int:
        """Book what is new in `told` and return the answer, or the later revision that it has."""
        before = self.state.told.get(told.order)
        if before is not None and told.revision < before.revision:
            return before.revision
        if before is not None and told.revision == before.revision:
            assert told == before, "one revision says one thing"
            return self.state.answers[told.order]
        lines = self.state.booked.setdefault(told.order, {})
        wanted: dict[Line, int] = {
            (int(line.line), _variant(line.holder.variant)): line.units
            for line in told.lines
            if line.holder is not None
        }
        effects = []
        for line in sorted({*lines, *wanted}):
            units = wanted.get(line, 0)
            if units != lines.get(line, 0):
                self.documents += 1
                self.state.on_hand[line[1]] -= units - lines.get(line, 0)
                lines[line] = units
                self._changed()
            effects.append(Effect(PRODUCT, self.version, units, line[1], WebLineId(line[0])))
        if self.late:
            self._changed()
            effects = [replace(each, version=self.version) for each in effects]
        if self.sums and effects:
            effects = [Effect(PRODUCT, self.version, sum(lines.values()))]
        answer = Answer(told.revision, self.epoch, tuple(effects))
        self.state.told[told.order] = told
        self.state.answers[told.order] = answer
        self.history[-1] = self.state.copy()
        return answer

    def restore(self, place: int) -> None:
        """Go back to a backup, whose numbers count in a new epoch."""
        self.state = self.history[place].copy()
        self.epoch += 1
        for order, answer in self.state.answers.items():
            effects = tuple(replace(each, version=self.version) for each in answer.effects)
            self.state.answers[order] = Answer(answer.revision, self.epoch, effects)
        self.history = [self.state.copy()]

    def _changed(self) -> None:
        self.state.number += 1
        self.history.append(self.state.copy())


def _variant(variant: PosVariantId | None) -> PosVariantId:
    assert variant is not None, "both sizes are linked"
    return variant
