"""What a vendor tells of at a time: one row of its catalogue, or one row of its stock."""

from dataclasses import dataclass, field
from decimal import Decimal

from tillbridge.domain.ids import MemberId
from tillbridge.domain.product import Barcodes


@dataclass(frozen=True, slots=True)
class Named:
    """A brand, a vendor or a department: the POS's id of it, and its name when it was read."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class MemberFields:
    """What a row of the catalogue says, in our words. `price` is in the currency of the account, None where
    the row tells none that can be used; `weight` in kilograms. `options` in the POS's order. `unknown` names the
    attributes that the POS does not have, or that our token may not see: no blank stands for them.
    `unreadable`: in words why nothing of it can be sold online, "" of every good row."""

    name: str = ""
    sku: str = ""
    product_number: str = ""
    description: str = ""
    department: Named | None = None
    vendor: Named | None = None
    brand: Named | None = None
    price: Decimal | None = None
    cost: Decimal | None = None
    barcodes: Barcodes = field(default_factory=Barcodes)
    track_stock: bool = True
    active: bool = True
    weight: Decimal | None = None
    images: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    unknown: frozenset[str] = frozenset()
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class ItemPart:
    """A row of the catalogue. `version` is the vendor's own, within the epoch of the account
    (domain/versions.py). `parent` is the member under which the vendor puts it, None of one that stands alone or
    leads others. Of a tombstone nothing but its id and version need be known. `untouched`: nobody edited it since
    it was made, as far as the POS says."""

    member: MemberId
    version: int
    parent: MemberId | None = None
    deleted: bool = False
    fields: MemberFields = field(default_factory=MemberFields)
    untouched: bool = False


@dataclass(frozen=True, slots=True)
class LevelPart:
    """The units of a member at one outlet; they may be negative or fractional. A level that was `deleted` is
    unknown, which is not 0."""

    member: MemberId
    outlet: str
    version: int
    on_hand: Decimal = Decimal(0)
    deleted: bool = False


type Part = ItemPart | LevelPart
