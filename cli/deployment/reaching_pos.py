"""What a command opens the POS of a store with (tillbridge/bootstrap/pos_of.py)."""

from cli.deployment.secrets import pos_token
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.bootstrap.pos_of import Reach
from tillbridge.domain.pos_account import PosAccount


def reach(target: Target, account: PosAccount, ms: int) -> Reach:
    """Return with what the POS of an account is reached; its calls end within `ms` milliseconds."""
    token, clock = pos_token(target, account.key), SystemClock()
    return Reach(account, lambda _: token, clock, clock.now_ms() + ms, new_http_session())
