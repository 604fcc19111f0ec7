"""How each kind of POS signs its webhooks: apart from what calls a POS, for the function on the open internet calls
none."""

from collections.abc import Callable, Mapping

from tillbridge.domain.pos_account import PosKind
from tillbridge.ports.pos_hooks import Genuine


def genuine(kind: PosKind) -> Genuine:
    """Return what tells a webhook that this kind of POS has signed from one that somebody else sends."""
    return _GENUINE[kind]()


def _lightspeed_genuine() -> Genuine:
    from tillbridge.adapters.lightspeed_x.signature import is_genuine

    return is_genuine


_GENUINE: Mapping[PosKind, Callable[[], Genuine]] = {PosKind.LIGHTSPEED_X: _lightspeed_genuine}
