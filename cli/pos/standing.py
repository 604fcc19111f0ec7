"""How the polls of a POS account are, by what they noted."""

from dataclasses import dataclass

from cli.deployment.polls import pokes, polled_accounts
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.keys import version_counter
from tillbridge.adapters.pos_mirror.counted import MirrorCount, counted
from tillbridge.adapters.pos_mirror.table import DynamoPosMirror
from tillbridge.domain.ids import StoreId
from tillbridge.domain.polling import PollState
from tillbridge.domain.pos_account import PosAccount

MOST_UNTOLD = 1_000
"""As many products that are still to be told of as are counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the polls of an account are at `now_ms`. `asked`: a poll was asked for and has not begun; `untold`: products
    whose change the stores have not been told of, MOST_UNTOLD at most; `left`: its last store left it, so nobody
    polls it."""

    account: PosAccount
    stores: tuple[StoreId, ...]
    state: PollState
    asked: bool
    untold: int
    count: MirrorCount
    now_ms: int
    left: bool = False


def standing_of(target: Target, account: PosAccount) -> Standing:
    """Return how the polls of an account are. May raise RetryLater."""
    dynamodb, table = target.client("dynamodb"), target.outputs["pos_mirror_table"]
    versions = DynamoCounters(dynamodb, target.outputs["counters_table"], version_counter)
    mirror = DynamoPosMirror(dynamodb, table, versions)
    state, stores = mirror.state(account.key), polled_accounts(target).stores_of(account.key)
    return Standing(
        account,
        tuple(stores or ()),
        state,
        pokes(target).marked(account.key) is not None,
        len(mirror.untold(account.key, state.emitted, MOST_UNTOLD)),
        counted(dynamodb, table, account.key),
        SystemClock().now_ms(),
        left=stores is not None and not stores,
    )
