"""Lines about what reconcile found different online: that it is sent again, or may stay."""

from collections.abc import Iterable, Mapping

from tillbridge.domain.fields import FIELDS
from tillbridge.domain.findings import Difference
from tillbridge.domain.history.fields_sent import LONGEST_VALUE
from tillbridge.domain.history.product_line import FieldSent

_WIRE = {entry.word: wire for wire, entry in reversed(list(FIELDS.items())) if entry.word}


def found_online(differences: Iterable[Difference]) -> Mapping[str, FieldSent]:
    """Return what BigCommerce had, named as in `fields_sent`, and without digests: a value that we never
    sent is compared with none that we did."""
    return {_name(each): FieldSent(each.web[:LONGEST_VALUE], "") for each in differences}


def _name(difference: Difference) -> str:
    wire = _WIRE.get(difference.field, difference.field)
    return f"{difference.variant}.{wire}" if difference.variant else wire
