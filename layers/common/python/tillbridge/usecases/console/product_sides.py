"""What is known of the two sides of a product, as the fields of its page are told from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.connection import Settings
from tillbridge.domain.details.records import product_of, web_of
from tillbridge.domain.field_policy import DEFAULT_MODES, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.findings import Difference
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.lanes import CONTENT_LANES, PRODUCT_LANES
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct
from tillbridge.domain.why.names import OURS
from tillbridge.domain.why.reasons import Reason, reasons
from tillbridge.ports.products_kept import ProductKept
from tillbridge.usecases.console.product_shown import FieldState

_LEVELS = frozenset(PRODUCT_LANES)


@dataclass(frozen=True)
class Sides:
    """A product as it is kept, its store's settings, and its newest lines of history, newest first."""

    kept: ProductKept
    settings: Settings
    lines: Sequence[ProductLine] = ()
    now_ms: int = 0

    @property
    def link(self) -> Link | None:
        """Return the link, None of a product that has none to a BigCommerce product which is there."""
        link = self.kept.link
        return link if link is not None and link.is_linked else None

    @cached_property
    def record(self) -> Product | None:
        """Return the POS's record, None where nothing of it is kept."""
        detail, link = self.kept.pos_detail, self.kept.link
        if detail is None:
            return None
        return product_of(detail, link.content_version if link else 0)

    @cached_property
    def web(self) -> WebProduct | None:
        """Return BigCommerce's record, None where nothing of it is kept."""
        return None if self.kept.web_detail is None else web_of(self.kept.web_detail)

    @property
    def content_waits(self) -> bool:
        """Return whether a push of its content waits."""
        return any(row.lane in CONTENT_LANES for row in self.kept.pending)

    @property
    def level_waits(self) -> bool:
        """Return whether a push of its levels waits."""
        return any(row.lane in _LEVELS for row in self.kept.pending)

    @cached_property
    def reasons(self) -> Mapping[tuple[str, PosVariantId | None], Reason]:
        """Return why each of our fields has its value online, by label and variant."""
        found = reasons(OURS, self.lines, self.link, self.settings)
        return {(each.named.label, each.variant): each for each in found}

    def mode(self, field: Field) -> Mode:
        """Return when the settings send a field."""
        return self.settings.fields.modes.get(field, DEFAULT_MODES[field])

    def state_of(
        self, difference: Difference, field: Field, *, waits: bool, held: bool = False
    ) -> FieldState:
        """Return how two values stand that differ. `waits`: a push of them does; `held`: BigCommerce keeps its
        own until the POS's changes."""
        asked = any(row.manual for row in self.kept.pending)
        if held or not self.settings.fields.sends(field, manual=asked):
            return FieldState.ON_PURPOSE
        if waits:
            return FieldState.WAITS
        return FieldState.ON_PURPOSE if self.accepted(difference) else FieldState.DIFFERS

    def accepted(self, difference: Difference) -> Accepted | None:
        """Return what people said of a difference that may stay; None of one that may not."""
        said = self.kept.accepted.get(difference.place)
        return said if said is not None and said.covers(difference, self.now_ms) else None
