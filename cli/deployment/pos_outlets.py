"""The outlets of any POS, as it tells of them now."""

from cli.cannot_run import CannotRun
from cli.deployment import both_sides
from cli.deployment.reaching_pos import reach
from cli.deployment.secrets import pos_token
from cli.deployment.target import Target
from tillbridge.bootstrap.pos_of import open_source
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_habits import VENDORS
from tillbridge.domain.web_orders.switching import Outlet

_CALLS_MS = 30_000


def outlets_told(target: Target, account: PosAccount) -> list[Outlet]:
    """Return the outlets of a POS, closed ones too. Raise CannotRun when it does not tell."""
    if account.kind not in VENDORS:
        return both_sides.outlets_of(account.address, pos_token(target, account.key))
    try:
        told = open_source(reach(target, account, _CALLS_MS)).outlets()
    except TillbridgeError as why:
        raise CannotRun(str(why)) from why
    return [Outlet(each.id, each.name, each.active) for each in told]
