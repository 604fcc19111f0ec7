"""A product as its page shows it: both sides of each field, what waits, and what the web was promised."""

from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.connection import Connection
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.findings import Difference
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.view_rows import ViewRow


class FieldState(StrEnum):
    """How the sides of a field stand. `waits`: what the POS has is on its way. `on_purpose`: they differ, and a
    person accepted that, or the setting keeps BigCommerce's. `not_ours`: BigCommerce owns it, always or because the
    POS has none and BigCommerce cannot be without. `unknown`: a side
    does not say, or was not read yet."""

    SAME = "same"
    DIFFERS = "differs"
    WAITS = "waits"
    ON_PURPOSE = "on_purpose"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of a product. `label` is what people call it, and how `why` is asked. `mode`: when the settings
    send it; None: BigCommerce owns it. `pos` and `online`: what each side has, as a text; None: it does not say,
    or was not read. `sent`: what a push sent last, None of what was never sent; `sent_ms`: when (epoch ms).
    `place`: under which drift is accepted (`Difference.place`), '' where it cannot be. `words`: what else there
    is to say. `drift`: the difference that may be accepted, of one that differs; `accepted`: by whom it was, of one
    that differs on purpose by that. `undo_of`: who asked for the push that gave it its value in place of another,
    '' where none did, or where that is undone."""

    label: str
    mode: Mode | None
    pos: str | None
    online: str | None
    state: FieldState
    sent: str | None = None
    sent_ms: int = 0
    place: str = ""
    words: str = ""
    drift: Difference | None = None
    accepted: Accepted | None = None
    undo_of: str = ""


@dataclass(frozen=True, slots=True)
class LevelShown:
    """The stock of a variant, or of a product without any (`variant` None). `on_hand` counts the outlets of the
    settings; `promised`: units of web orders that it still contains; `kept_back`: safety stock; `level`: what
    BigCommerce may sell; `online`: what is believed to be there. None: not known."""

    variant: PosVariantId | None
    on_hand: int | None
    promised: int
    kept_back: int
    level: int | None
    online: int | None


@dataclass(frozen=True, slots=True)
class VariantShown:
    """A variant: its options in words ('Size M, Colour Rust'), its number online, and its fields and stock.
    `variant` is None of one that is online alone."""

    variant: PosVariantId | None
    name: str
    number: int | None
    fields: tuple[FieldShown, ...] = ()
    level: LevelShown | None = None


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """Work that waits for a product: its lane, since when (epoch ms), how often it was tried, who asked for it,
    and which triggers made it."""

    lane: Lane
    since_ms: int
    attempts: int = 0
    by: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductShown:
    """A product of the POS, of BigCommerce, or linked and so both. `pos` and `web` are its rows in the views;
    `pos_seen_ms` and `web_seen_ms`: when each side was read last (epoch ms, 0: never). `promised`: a sentence
    about open web orders, '' where there are none. `variants_left`: how many variants are not among those shown.
    `connection`: of its store, where it was read with it. `undo_of`: who asked for its newest push since it was
    linked, '' where nobody did; `linked_to`: the number that it was unlinked from last, 0 of one that is linked or
    never was. `unsure`: a sentence about what is not certain online, '' where everything is."""

    product: PosProductId | None
    number: StoreProductId | None
    pos: ViewRow | None
    web: ViewRow | None
    fields: tuple[FieldShown, ...] = ()
    variants: tuple[VariantShown, ...] = ()
    level: LevelShown | None = None
    waiting: tuple[WaitingShown, ...] = ()
    pos_seen_ms: int = 0
    web_seen_ms: int = 0
    promised: str = ""
    variants_left: int = 0
    connection: Connection | None = None
    undo_of: str = ""
    linked_to: int = 0
    unsure: str = ""

    @property
    def every_field(self) -> tuple[FieldShown, ...]:
        """Return the fields of the product, then those of its variants."""
        return (*self.fields, *(field for each in self.variants for field in each.fields))

    @property
    def name(self) -> str:
        """Return what the product is called: in the POS if it is there."""
        row = self.pos or self.web
        return row.name if row else self.product or ""
