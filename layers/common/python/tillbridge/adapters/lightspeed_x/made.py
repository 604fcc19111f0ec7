"""Finding in X-Series what we made there: by SKU, which we reserve for one product alone, and by name."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from tillbridge.adapters.borders.values import RecordId, Text
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.pages import read
from tillbridge.adapters.lightspeed_x.shape import products_in
from tillbridge.adapters.lightspeed_x.wire import MaybeDate, MaybeId
from tillbridge.adapters.wire_record import Record
from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import MemberId
from tillbridge.domain.names import folded, sku_key

PRODUCTS, PRODUCT = "/products", "/products/{id}"


class FoundRow(Record):
    """What of a row says whose it is."""

    id: RecordId
    name: Text = ""
    sku: Text = ""
    variant_parent_id: MaybeId = None
    has_inventory: bool = True
    source_id: Text = ""
    deleted_at: MaybeDate = None

    @property
    def root(self) -> str:
        """Return the member that leads its family."""
        return self.variant_parent_id or self.id

    def came_from(self, origin: str) -> bool:
        """Return whether it was made of this BigCommerce product: X-Series may not say where one came from, and
        then its SKU is the mark."""
        return self.source_id in ("", origin)


@dataclass(frozen=True, slots=True)
class MadeProduct:
    """A product that is in X-Series: its leading member, and those that are known, which are all it had when it was
    made where it is `whole`. `tracked`: X-Series counts its stock."""

    root: str
    members: frozenset[MemberId]
    tracked: bool = True
    whole: bool = False


def made_of(row: FoundRow) -> MadeProduct:
    """Return the product that a row belongs to."""
    members = frozenset({MemberId(row.id), MemberId(row.root)})
    return MadeProduct(row.root, members, row.has_inventory)


def with_sku(calls: LightspeedCalls, sku: str) -> FoundRow | None:
    """Return the row that has a SKU, None where there is none."""
    # Were the look-up ignored, as unknown parameters are, it would list every product.
    key = sku_key(sku)
    return next((row for row in _rows(calls, {"sku": sku}) if sku_key(row.sku) == key), None)


def with_name(calls: LightspeedCalls, name: str) -> FoundRow | None:
    """Return a row of the family that has a name, None where there is none."""
    key = folded(name)
    return next((row for row in _rows(calls, {"name": name}) if folded(row.name) == key), None)


def root_of(calls: LightspeedCalls, member: str) -> str:
    """Return which member leads the family of a member that was just made. Raise PosDown while it is not shown."""
    body = read(calls, Ask("GET", PRODUCT, (member,)))
    row = _row(body.get("data") if isinstance(body, dict) else None)
    if row is None or row.id != member:
        raise PosDown("The POS does not show yet what it has just created.")
    return row.root


def _rows(calls: LightspeedCalls, query: dict[str, str]) -> list[FoundRow]:
    rows = products_in(PRODUCTS, read(calls, Ask("GET", PRODUCTS, query=query)))
    found = [row for each in rows if (row := _row(each)) is not None]
    if rows and not found:
        raise PosDown("The POS's answer to a look for a product cannot be read.")
    return [row for row in found if row.deleted_at is None]


def _row(row: Any) -> FoundRow | None:
    try:
        return FoundRow.model_validate(row)
    except ValidationError:
        return None
