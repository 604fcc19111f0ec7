"""A POS's call is a poke once its sender is known, and costs nothing before."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.pokes import FakePokes
from tests.fakes.pos_hooks import FakePosDoors, FakePosHookSecrets
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.hooks.pos_access import PosDoor, PosHookKeys
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosKind
from tillbridge.usecases.take_hook import Outcome
from tillbridge.usecases.take_pos_hook import LONGEST_BODY, PosHookCall, PosHookDeps, take_pos_hook

SHOP = PosAccountKey("lightspeed-shop")
KIND = PosKind.LIGHTSPEED_X
KEY, OLD = "k" * 22, "o" * 22
CALL = PosHookCall(KIND.value, KEY, {"x": "new"}, b"body of nobody's business")


def same(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> bool:
    return headers.get("x") in secrets


class House:
    def __init__(self) -> None:
        self.doors, self.secrets, self.pokes = FakePosDoors(), FakePosHookSecrets(), FakePokes()
        self.clock = FakeClock()
        for each in (KEY, OLD):
            self.doors.keep(each, PosDoor(SHOP, KIND))
        self.secrets.kept[SHOP] = PosHookKeys((KEY, OLD), ("new", "old"))
        self.deps = PosHookDeps(self.doors, self.secrets, self.pokes, lambda kind: same, self.clock)

    def take(self, **changes: object) -> Outcome:
        return take_pos_hook(replace(CALL, **changes), self.deps)  # type: ignore[arg-type]  # by its field


@pytest.fixture
def house() -> House:
    return House()


@pytest.mark.parametrize("secret", ["new", "old"])
@pytest.mark.parametrize("key", [KEY, OLD])
def test_a_genuine_call_pokes_the_account_and_says_when(
    house: House, secret: str, key: str
) -> None:
    assert house.take(key=key, headers={"x": secret}) is Outcome.TAKEN
    mark = house.pokes.marked(SHOP)
    assert mark is not None
    assert mark.hooked_ms == house.clock.now_ms()
    assert house.pokes.signalled == [SHOP]


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"headers": {}}, Outcome.FORGED),
        ({"headers": {"x": "forged"}}, Outcome.FORGED),
        ({"key": "x" * 22}, Outcome.NOBODY),
        ({"key": "#accounts"}, Outcome.NOBODY),
        ({"key": ""}, Outcome.NOBODY),
        ({"kind": "contract"}, Outcome.NOBODY),
        ({"kind": "square"}, Outcome.NOBODY),
        ({"kind": ""}, Outcome.NOBODY),
        ({"body": b"x" * (LONGEST_BODY + 1)}, Outcome.TOO_LARGE),
    ],
)
def test_whoever_else_calls_starts_no_poll(
    house: House, changes: dict[str, object], outcome: Outcome
) -> None:
    assert house.take(**changes) is outcome
    assert house.pokes.signalled == []
    assert house.pokes.marked(SHOP) is None


def test_a_mebibyte_is_taken(house: House) -> None:
    assert house.take(body=b"x" * LONGEST_BODY) is Outcome.TAKEN


def test_a_token_without_an_app_is_heard_by_its_path_alone_and_that_is_noted(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.secrets.kept[SHOP] = PosHookKeys((KEY,))
    with caplog.at_level(logging.INFO):
        assert house.take(headers={}) is Outcome.TAKEN
    (record,) = caplog.records
    told = {name: vars(record)[name] for name in ("kind", "account", "signed", "bytes")}
    assert told == {"kind": KIND, "account": SHOP, "signed": False, "bytes": len(CALL.body)}
    assert "body of nobody" not in str(vars(record))
    assert KEY not in str(vars(record))


def test_a_path_key_that_is_good_no_more_finds_nobody(house: House) -> None:
    house.secrets.kept[SHOP] = PosHookKeys((KEY,), ("new",))
    assert house.take(key=OLD) is Outcome.NOBODY
    del house.secrets.kept[SHOP]
    house.secrets.warm.clear()
    assert house.take() is Outcome.NOBODY


def test_keys_that_were_changed_just_now_are_read_anew_before_a_call_is_refused(
    house: House,
) -> None:
    assert house.take() is Outcome.TAKEN
    house.secrets.kept[SHOP] = PosHookKeys(("q" * 22, KEY), ("newest", "new"))
    house.doors.keep("q" * 22, PosDoor(SHOP, KIND))
    assert house.take(key="q" * 22, headers={"x": "newest"}) is Outcome.TAKEN
    assert house.secrets.read == 2


def test_where_no_pos_is_polled_nobody_is_found(house: House) -> None:
    assert take_pos_hook(CALL, replace(house.deps, pokes=None)) is Outcome.NOBODY


def test_our_own_failure_is_raised_so_that_the_call_comes_again(house: House) -> None:
    house.secrets.unreadable = True
    with pytest.raises(RetryLater):
        house.take()
