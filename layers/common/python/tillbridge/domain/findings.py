"""What reconcile finds, as values: codes, differences field by field, and words for shop staff."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from hashlib import sha256


class Code(StrEnum):
    """One kind of finding. The first group is drift, which a repair ends; then come broken links
    and what a person must look at; the last group only informs."""

    FIELD = "field"
    STOCK = "stock"
    STRUCTURE = "structure"
    MISSED = "missed"
    GONE_ONLINE = "gone_online"
    GONE_IN_POS = "gone_in_pos"
    BACKWARDS = "backwards"
    NOT_TAKEN = "not_taken"
    NOT_COMPARED = "not_compared"
    RETIRED = "retired"
    ONLY_IN_POS = "only_in_pos"
    ONLY_ONLINE = "only_online"
    CANDIDATE = "candidate"
    SAME_SKU = "same_sku"

    @property
    def words(self) -> str:
        """Return what it means, for shop staff, and what to do where a person must act."""
        return _WORDS[self]


_WORDS = {
    Code.FIELD: "edited online, though it belongs to the POS",
    Code.STOCK: "stock online differs from the POS",
    Code.STRUCTURE: "variants online differ from the POS",
    Code.MISSED: "changed in the POS, but never pushed to the store",
    Code.GONE_ONLINE: "deleted in BigCommerce: push it to make it again, or unlink it",
    Code.GONE_IN_POS: "deleted in the POS, still shown online",
    Code.BACKWARDS: "the POS shows an older version than was pushed: was a backup restored?",
    Code.NOT_TAKEN: "pushed again, and BigCommerce still keeps its own form of the text",
    Code.NOT_COMPARED: "not compared, by a fault of Tillbridge's own: report the fault",
    Code.RETIRED: "deleted in the POS, hidden online",
    Code.ONLY_IN_POS: "only in the POS: push it to sell it online",
    Code.ONLY_ONLINE: "only online: import it, or link it",
    Code.CANDIDATE: "not linked, but both sides have it: link them",
    Code.SAME_SKU: "the same SKU on two products of the POS: change one",
}


INFORMS = frozenset(
    {
        Code.NOT_TAKEN,
        Code.RETIRED,
        Code.ONLY_IN_POS,
        Code.ONLY_ONLINE,
        Code.CANDIDATE,
        Code.SAME_SKU,
    }
)
"""Findings that are no drift, or drift that no push could end. `retired`: deleted in the POS, and
hidden online as it must be; `not_taken`: pushed once more, and BigCommerce still keeps its own form
of the text."""


class Moved(StrEnum):
    """Which side changed since the last push, by what the link remembers."""

    POS = "pos"
    WEB = "web"
    BOTH = "both"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a product or, with `variant`, of one of its variants. `field` is the word that
    settings use, or 'variants' for structure; values are texts as people read them."""

    field: str
    pos: str
    web: str
    moved: Moved = Moved.UNKNOWN
    variant: str = ""

    @property
    def place(self) -> str:
        """Return the name by which a difference is accepted: 'price', or 'price@VARIANT'."""
        return f"{self.field}@{self.variant}" if self.variant else self.field

    @property
    def digest(self) -> str:
        """Return a digest of both values: accepted drift is reported again when either changes. Amounts of
        money are equal however many noughts they end with."""
        values = (self.pos, self.web)
        pos, web = map(_amount, values) if self.field in _MONEY else values
        return sha256(f"{pos}\0{web}".encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding on one product. `repairable`: marking it pending ends it. `other` is the second
    product of a candidate pair or of a shared SKU."""

    code: Code
    product: str = ""
    number: int | None = None
    name: str = ""
    differences: tuple[Difference, ...] = ()
    repairable: bool = False
    other: str = ""

    @property
    def drift(self) -> bool:
        """Return whether something is wrong, not only worth knowing."""
        return self.code not in INFORMS

    @property
    def acted_on(self) -> bool:
        """Return whether a repair acts on it: has the product pushed, or marks its link broken."""
        return self.repairable or self.code is Code.GONE_ONLINE

    @property
    def letters(self) -> str:
        """Return AmberPOS's discrepancy letters: N name, B brand, Q quantity, QN negative in the
        POS, P price, IV variation structure; blank where AmberPOS has none."""
        found = dict.fromkeys(
            _LETTERS[each.field] for each in self.differences if each.field in _LETTERS
        )
        return " ".join(found)


_LETTERS = {
    "name": "N",
    "brand": "B",
    "stock": "Q",
    "stock_negative": "QN",
    "price": "P",
    "variants": "IV",
}

_MONEY = ("price", "cost")

TEXT_LIMIT = 300
"""Characters that are kept of a value: a description may be as long as a book."""


def _amount(value: str) -> str:
    try:
        return format(Decimal(value).normalize(), "f")
    except InvalidOperation:  # blank where it follows its product
        return value


def text(value: object) -> str:
    """Return a value as people read it, cut to TEXT_LIMIT. One that is cut ends with a digest of
    the whole, because two long descriptions may differ only at their end."""
    shown = "" if value is None else str(value)
    if len(shown) <= TEXT_LIMIT:
        return shown
    return f"{shown[:TEXT_LIMIT]}… [{sha256(shown.encode()).hexdigest()[:8]}]"
