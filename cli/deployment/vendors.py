"""What people call each kind of POS that is polled."""

from tillbridge.domain.pos_account import PosKind

KINDS = {"lightspeed": PosKind.LIGHTSPEED_X}
