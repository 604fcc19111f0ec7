"""Web orders of a POS of which nobody has seen yet that it can be told of them."""

from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.pos_account import POLLED, PosKind

UNPROVEN = (
    "This POS is not told of web orders: nobody has seen yet that a level read after a sale contains it, and otherwise"
    " a unit would be offered twice. web_orders=ledger keeps the web from selling a unit twice, and lists what to book"
    " at the till."
)


def refused_mode(kind: PosKind, settings: Settings) -> str:
    """Return why a POS of this kind cannot have these web orders, '' when it can."""
    told = settings.web_orders is WebOrderMode.POS
    return UNPROVEN if told and kind in POLLED else ""
