"""The values that verify takes and returns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cli.verify.order_model import OrderFinding

type Json = dict[str, Any]
type Progress = Callable[[str], None]
"""Take a short sentence, as a step begins."""


@dataclass(frozen=True, slots=True)
class PosSide:
    """The POS API: its address and token, and the kind of the POS (cli/verify/pos_reader.py). `with_tax`: whether a
    person chose that the price with tax counts, None where nobody chose."""

    base_url: str
    token: str = field(repr=False)
    kind: str = "contract"
    with_tax: bool | None = None


@dataclass(frozen=True, slots=True)
class StoreSide:
    """The BigCommerce store: address, hash, token, stock location; `agent` is our User-Agent."""

    api_url: str
    store_hash: str
    token: str = field(repr=False)
    location_id: int = 1
    agent: str = "tillbridge-verify"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field of a linked product, or of its variant, that differs. The values are for people. `too`: of a
    stock level, "high" or "low"; `pos` is then what should be online."""

    pos_id: str
    bc_id: int | None
    field: str
    pos: str
    store: str
    words: str
    variant: str | None = None
    too: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Something that exists more than once and must not; `where` names the places."""

    kind: str
    what: str
    where: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Touch:
    """A BigCommerce-owned value that is no longer as the web staff left it."""

    bc_id: int
    field: str
    before: Any
    after: Any
    words: str
    variant: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A product that only one side has, or whose link has a problem."""

    words: str
    name: str = ""
    pos_id: str | None = None
    bc_id: int | None = None
    code: str = ""


@dataclass(slots=True)
class Verdict:
    """Everything that verify found.

    `behind` holds the differences of products whose link is already failed. `web_orders`: the store's
    setting; while it is `off`, nothing is known of `orders` and below. `orders_wrong` break a promise,
    `orders_waiting` are under way or need a person. `orders_unasked` are judged by what was last seen."""

    pos_products: int = 0
    store_products: int = 0
    compared_products: int = 0
    compared_variants: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    behind: list[Mismatch] = field(default_factory=list)
    missing_online: list[Named] = field(default_factory=list)
    failed: list[Named] = field(default_factory=list)
    broken: list[Named] = field(default_factory=list)
    not_linked: list[Named] = field(default_factory=list)
    unknown_online: list[Named] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    bigcommerce_owned_touched: list[Touch] = field(default_factory=list)
    owned_compared: bool = False
    web_orders: str = "off"
    orders: int = 0
    orders_unasked: int = 0
    orders_wrong: list[OrderFinding] = field(default_factory=list)
    orders_waiting: list[OrderFinding] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether every promise holds. Visible failures and unlinked products break no promise."""
        return not self.in_words

    @property
    def in_words(self) -> list[str]:
        """The promises that do not hold, a sentence each."""
        found = (
            self.orders_wrong,
            self.wrong_levels,
            [each for each in self.mismatches if not each.too],
            self.missing_online,
            self.duplicates,
            self.bigcommerce_owned_touched,
        )
        return [each.words for some in found for each in some]

    @property
    def wrong_levels(self) -> list[Mismatch]:
        """The stock levels that are wrong, those that are too high first."""
        return sorted(
            (each for each in self.mismatches if each.too), key=lambda each: each.too != "high"
        )
