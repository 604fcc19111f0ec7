"""Which pushes of a product somebody may want to take back, as its newest lines of history tell. Pure."""

from collections.abc import Sequence

from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.why.events import who
from tillbridge.domain.why.reasons import BEGINS, Reason, Standing

_PUSHES = frozenset({Did.UPDATED, Did.CREATED, Did.LINKED})


def undo_of_field(reason: Reason | None) -> str:
    """Return who asked for the push that gave a field its value in place of another; '' where none did, or where
    BigCommerce has its own again by an undo."""
    if reason is None or reason.standing is not Standing.SENT or reason.held is not None:
        return ""
    line = reason.line
    replaced = line is not None and line.did is Did.UPDATED and reason.before is not None
    return who(line) if replaced and line is not None and line.job else ""


def undo_of_product(lines: Sequence[ProductLine]) -> str:
    """Return who asked for the newest push of a product since it was linked; '' where nobody did. `lines`: newest
    first."""
    for line in lines:
        if line.did in _PUSHES and line.job:
            return who(line)
        if line.did in BEGINS or line.did is Did.UNLINKED:
            break
    return ""


def unlinked_from(lines: Sequence[ProductLine]) -> int:
    """Return the number that a product was unlinked from last; 0 of none. `lines`: newest first."""
    return next((int(each.web) for each in lines if each.did is Did.UNLINKED and each.web), 0)
