"""What a command opens the POS of a store with (tillbridge/bootstrap/pos_of.py)."""

from cli.deployment.secrets import pos_token
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.messages.pokes import AwsPokes
from tillbridge.adapters.pos_mirror.reads import DynamoMirrorReads
from tillbridge.bootstrap.pos_openers import Mirroring, Reach
from tillbridge.domain.pos_account import PosAccount
from tillbridge.ports.pokes import Pokes


def reach(target: Target, account: PosAccount, ms: int) -> Reach:
    """Return with what the POS of an account is reached; its calls end within `ms` milliseconds."""
    token, clock = pos_token(target, account.key), SystemClock()
    deadline_ms = clock.now_ms() + ms
    return Reach(
        account, lambda _: token, clock, deadline_ms, new_http_session(), _mirroring(target)
    )


def _mirroring(target: Target) -> Mirroring | None:
    table = target.outputs.get("pos_mirror_table")
    if not table:
        return None

    def pokes() -> Pokes:
        queue = target.outputs["pos_polls_queue_url"]
        pending = target.outputs["pending_table"]
        return AwsPokes(target.client("dynamodb"), pending, target.client("sqs"), queue)

    return Mirroring(
        lambda account: DynamoMirrorReads(target.client("dynamodb"), table, account.epoch), pokes
    )
