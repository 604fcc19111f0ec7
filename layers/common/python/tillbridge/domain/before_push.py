"""What a push that a person asked for is about to replace in the store: kept before it goes, for who takes it
back (docs/adr/0044-a-push-by-a-person-keeps-what-it-replaces.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tillbridge.domain.history.product_line import FieldSent
from tillbridge.domain.ids import StoreProductId, StoreVariantId

type Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Was:
    """A value that a push was about to replace: what BigCommerce had, and what was sent. `variant`:
    BigCommerce's number of the variant whose value it is; None: the product's."""

    value: Value
    sent: FieldSent
    variant: StoreVariantId | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """A BigCommerce product as it was before a push: its number and name, when it was read (epoch ms), and
    the values that differed from what was sent, by their keys on a link (`Link.held`). A brand is kept by
    its name. `no_room`: the keys of values that were too long to be kept."""

    number: StoreProductId
    name: str
    at_ms: int
    fields: Mapping[str, Was]
    no_room: tuple[str, ...] = ()


def tried_again(before: Before, now: Before) -> Before:
    """Return what was there before the first try of a push, when another one reads the store: what the
    first replaced it finds replaced already. What goes out is what the later one sends."""
    if before.number != now.number:
        return now  # linked anew in between: nothing of the earlier product can come back
    known = {
        key: replace(was, sent=now.fields[key].sent) if key in now.fields else was
        for key, was in before.fields.items()
    }
    new = {k: was for k, was in now.fields.items() if k not in known and k not in before.no_room}
    return replace(before, fields={**known, **new})


def wire_of(key: str) -> str:
    """Return BigCommerce's name of a field, given its key on a link."""
    return key.rpartition(".")[2]
