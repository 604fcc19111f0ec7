"""What of ours is taken off a vendor's POS when its last store is removed."""

from botocore.exceptions import BotoCoreError, ClientError

from cli.cannot_run import CannotRun
from cli.deployment.secrets import pos_hook_secrets, pos_token
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.bootstrap.pos_of import open_hooks
from tillbridge.bootstrap.pos_openers import Reach
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.hooks.pos_access import PosHookKeys
from tillbridge.domain.hooks.pos_care import ours_among
from tillbridge.domain.pos_account import POLLED, PosAccount, PosKind, token_command
from tillbridge.ports.pos_hooks import PosHooks

_CALLS_MS = 30_000


def leave_pos(target: Target, account: PosAccount) -> str:
    """Delete our webhooks at the POS of an account, and say in words how many; "" where it had none. Raise
    TillbridgeError, with why, where that may not be done."""
    if account.kind not in POLLED:
        return ""
    try:
        keys = pos_hook_secrets(target).find(account.key)
        if keys is None:  # it never had any, or they went with an earlier removal
            return ""
        token = pos_token(target, account.key, token_command(account))
    except CannotRun as why:
        raise TillbridgeError(why.message) from why
    except (BotoCoreError, ClientError) as why:
        raise TillbridgeError("its token cannot be read. Delete them there.") from why
    clock = SystemClock()
    until = clock.now_ms() + _CALLS_MS
    return delete_ours(
        open_hooks(Reach(account, lambda _: token, clock, until, new_http_session())),
        account.kind,
        keys,
    )


def delete_ours(hooks: PosHooks, kind: PosKind, keys: PosHookKeys) -> str:
    """Delete the webhooks that lead here by these keys, and say how many."""
    ours = ours_among(hooks.all(), kind, keys)
    for hook in ours:
        hooks.delete(hook)
    return f"Webhooks taken off the POS: {len(ours)}." if ours else ""
