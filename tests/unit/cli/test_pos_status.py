"""`tillbridge pos status` says in words how the polls of a POS are."""

from dataclasses import replace

import pytest

from cli.pos.standing import MOST_UNTOLD, Standing
from cli.screen.console import console
from cli.screen.poll_report import show_standing, standing_json
from tests.builders import a_pos_account
from tillbridge.adapters.pos_mirror.counted import MirrorCount
from tillbridge.domain.ids import StoreId
from tillbridge.domain.polling import Cursor, Cursors, PollState, PosHookCare, Walk
from tillbridge.domain.pos_account import PosKind

ACCOUNT = a_pos_account("lightspeed-quay", kind=PosKind.LIGHTSPEED_X, facts={"name": "Quay"})
MINUTE = 60_000
NOW = 100 * MINUTE
STATE = PollState(
    polls=12,
    polled_ms=NOW - MINUTE,
    walked_ms=NOW - 60 * MINUTE,
    cursors=Cursors(Cursor(7_000), Cursor(8_000)),
    quota_left=97,
)
HOOKS = PosHookCare(NOW - 60 * MINUTE, "k", ("product.update", "inventory.update"))
FINE = Standing(ACCOUNT, (StoreId("shop"),), STATE, False, 0, MirrorCount(3, 0), NOW)


def told(found: Standing) -> str:
    with console.capture() as seen:
        show_standing(found)
    return " ".join(seen.get().split())


def test_one_that_is_fine() -> None:
    words = told(FINE)
    assert "lightspeed-quay (Quay, http://127.0.0.1:9/pos): fine." in words
    assert (
        "Last poll: 60 s ago, number 12 (levels to version 7,000, products to 8,000; 97 %" in words
    )
    assert "Webhooks: not subscribed to yet; none came; it is polled every minute." in words
    assert "Waiting: nothing." in words
    assert "scopes" not in words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"state": PollState()}, "it was never polled"),
        ({"stores": (), "left": True}, "no store has it any more, so nobody polls it."),
        (
            {"state": replace(STATE, walked_ms=0, walk=Walk(1, NOW - 2 * MINUTE, STATE.cursors))},
            "Whole reading: began 2 min ago; products to version 8,000 so far.",
        ),
        (
            {"state": replace(STATE, walk=Walk(1, NOW, STATE.cursors, items_done=True))},
            "all products, and levels to version 7,000 so far",
        ),
        (
            {"state": replace(STATE, trouble="pos_went_back", words="The POS went back.")},
            "needs attention. The POS went back.",
        ),
        (
            {"state": replace(STATE, hooked_ms=NOW - 5_000, hooks=HOOKS)},
            "Webhooks: product.update, inventory.update (checked 60 min ago); the last came 5.0 s ago; it is",
        ),
        (
            {"state": replace(STATE, hooks=replace(HOOKS, topics=(), trouble="It lacks a scope."))},
            "Webhooks: not subscribed to. It lacks a scope. Last checked 60 min ago; none came;",
        ),
        ({"asked": True}, "Waiting: a poll was asked for."),
        ({"untold": MOST_UNTOLD}, "1,000 or more changed products are still to be told of"),
        ({"count": MirrorCount(3, 2)}, "of which 2 products cannot be read"),
        (
            {"stores": ()},
            "Stores: none; `tillbridge store add NAME … --pos lightspeed --pos-account KEY` connects",
        ),
        (
            {"account": replace(ACCOUNT, facts={"missing_scopes": "product:cost:view"})},
            "product:cost:view (costs are unknown",
        ),
    ],
)
def test_what_is_not_fine_is_said(changed: dict[str, object], words: str) -> None:
    assert words in told(replace(FINE, **changed))  # type: ignore[arg-type]  # by its field


def test_a_program_gets_null_for_what_never_was() -> None:
    (found,) = standing_json([replace(FINE, state=PollState())])["accounts"]
    assert (found["polled_at"], found["walk"], found["trouble"], found["hooked_at"]) == (
        None,
        None,
        None,
        None,
    )
    assert found["hooks"] == {"topics": [], "checked_at": None, "trouble": None}
    assert (found["products"], found["asked"]) == (3, False)
