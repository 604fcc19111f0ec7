"""`webhooks` over calls of a vendor's POS as the HTTP API hands them on, with the signature of that vendor."""

from typing import Any

import pytest

from events.wrap import HOOK_CLIENT_SECRET, POS_HOOK_KEY
from tests.fakes.clock import FakeClock
from tests.fakes.pokes import FakePokes
from tests.fakes.pos_hooks import FakePosDoors, FakePosHookSecrets
from tests.handlers.conftest import Handler, LoadEvent, pos_webhooks_handler
from tillbridge.bootstrap.pos_signatures import genuine
from tillbridge.domain.hooks.pos_access import PosDoor, PosHookKeys
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosKind
from tillbridge.usecases.take_pos_hook import LONGEST_BODY, PosHookDeps

SHOP = PosAccountKey("lightspeed-demo")


@pytest.fixture
def pokes() -> FakePokes:
    return FakePokes()


@pytest.fixture
def secrets() -> FakePosHookSecrets:
    secrets = FakePosHookSecrets()
    secrets.kept[SHOP] = PosHookKeys((POS_HOOK_KEY,), ("newer-secret", HOOK_CLIENT_SECRET))
    return secrets


@pytest.fixture
def webhooks(
    pokes: FakePokes, secrets: FakePosHookSecrets, monkeypatch: pytest.MonkeyPatch
) -> Handler:
    doors = FakePosDoors()
    doors.keep(POS_HOOK_KEY, PosDoor(SHOP, PosKind.LIGHTSPEED_X))
    deps = PosHookDeps(doors, secrets, pokes, genuine, FakeClock())
    return pos_webhooks_handler(deps, monkeypatch)


@pytest.mark.parametrize(
    ("event", "status", "poked"),
    [
        ("product.update", 200, [SHOP]),
        ("base64", 200, [SHOP]),
        ("poison.unsigned", 401, []),
        ("poison.forged", 401, []),
    ],
)
def test_what_the_vendor_signed_asks_for_a_poll(
    webhooks: Handler,
    load_event: LoadEvent,
    pokes: FakePokes,
    event: str,
    status: int,
    poked: list[PosAccountKey],
) -> None:
    assert webhooks(load_event(f"webhooks.pos.{event}")) == {"statusCode": status}
    assert pokes.signalled == poked


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"pathParameters": {"kind": "lightspeed-x"}}, 404),
        ({"pathParameters": {"kind": "lightspeed-x", "key": "nobody-has-this-path-key"}}, 404),
        ({"pathParameters": {"kind": "contract", "key": POS_HOOK_KEY}}, 404),
        ({"body": "x" * (LONGEST_BODY + 1)}, 413),
        ({"headers": None}, 401),
    ],
)
def test_other_calls_ask_for_none(
    webhooks: Handler,
    load_event: LoadEvent,
    pokes: FakePokes,
    changes: dict[str, Any],
    status: int,
) -> None:
    assert webhooks(load_event("webhooks.pos.product.update") | changes) == {"statusCode": status}
    assert pokes.signalled == []


def test_our_own_failure_is_a_500_and_shows_no_key(
    webhooks: Handler,
    load_event: LoadEvent,
    secrets: FakePosHookSecrets,
    capsys: pytest.CaptureFixture[str],
) -> None:
    secrets.unreadable = True
    assert webhooks(load_event("webhooks.pos.product.update")) == {"statusCode": 500}
    out = capsys.readouterr().out
    assert '"hook_failed":[1.0]' in out.replace(" ", "")
    assert POS_HOOK_KEY not in out
