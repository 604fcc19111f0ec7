"""Whatever becomes of webhooks, the mirror ends as the shop is, within the vendor calls that were agreed."""

from collections import Counter

import pytest

from sandbox.lightspeed_x.hooks.payloads import headers_of
from tests.integration.lightspeed.hooked import PATH_KEY, HookedLab
from tillbridge.domain.poll_times import gap_ms
from tillbridge.usecases.take_hook import Outcome

REGISTERS_1 = 350
PATH = f"/hooks/pos/lightspeed-x/{PATH_KEY}"
BODY = b"payload=%7B%7D"


def opened(*, app: bool = True) -> HookedLab:
    """Return a shop with four products that was read whole, and whose webhooks lead here."""
    lab = HookedLab(app=app)
    for number in range(4):
        lab.cloud.save_product(
            f"p-{number}", name=f"P {number}", sku=f"S-{number}", price="5", stock={"o-main": "9"}
        )
    lab.account.hooks.due.clear()
    lab.pass_time(10)
    assert len(lab.account.hooks.hooks) == 2
    lab.account.hooks.due.clear()
    lab.account.calls.clear()
    return lab


def a_busy_while(lab: HookedLab, steps: int = 24) -> int:
    """Sell and save for two minutes; return how many polls there were."""
    polls = 0
    for step in range(steps):
        lab.cloud.save_product(f"p-{step % 4}", price=f"{5 + step}", stock={"o-main": str(step)})
        polls += lab.pass_time(5)
    return polls


@pytest.mark.parametrize("app", [True, False])
def test_a_change_is_in_the_mirror_seconds_later(app: bool) -> None:
    lab = opened(app=app)
    lab.cloud.save_product("p-1", price="77")
    assert lab.pass_time(10) == 1
    assert lab.mirrored() == lab.in_shop()
    assert set(lab.heard) == {Outcome.TAKEN}


@pytest.mark.parametrize(
    "hazards",
    [
        {},
        {"dropped": 0.3},
        {"dropped": 1.0},
        {"doubled": 1.0},
        {"shuffled": True, "late_s": 90},
        {"forged": 1.0},
        {"slow_receiver": 6},
        {"dropped": 0.3, "doubled": 0.5, "forged": 0.5, "shuffled": True, "late_s": 20},
    ],
)
def test_whatever_becomes_of_webhooks_the_mirror_ends_as_the_shop_is(
    hazards: dict[str, float],
) -> None:
    lab = opened()
    lab.control.hooks(**hazards)
    began = lab.clock.now_ms()
    polls = a_busy_while(lab) + lab.pass_time(360)
    counted = lab.asked()
    assert lab.mirrored() == lab.in_shop()
    passed = lab.clock.now_ms() - began
    assert polls <= 1 + passed / gap_ms(REGISTERS_1)
    assert counted["POST /inventory"] <= polls
    assert counted["GET /products"] <= 1.5 * polls, (
        "a page as long as any before has its end looked at"
    )
    heard = Counter(lab.heard)
    assert bool(heard[Outcome.TAKEN]) is (hazards.get("dropped") != 1.0)
    assert bool(heard[Outcome.FORGED]) is ("forged" in hazards)


def test_a_flood_of_forged_calls_costs_no_vendor_call_and_no_poll() -> None:
    lab = opened()
    headers = headers_of(BODY, "forged")
    outcomes = {lab.call(PATH, BODY, each) for each in (headers, {}) for _ in range(200)}
    strange = {lab.call(f"/hooks/pos/lightspeed-x/{n:022d}", BODY, headers) for n in range(200)}
    assert (outcomes, strange) == ({Outcome.FORGED}, {Outcome.NOBODY})
    assert lab.world.pokes.signalled == []
    assert (lab.answer_signals(), lab.asked()) == (0, {})


def test_a_flood_of_genuine_calls_is_a_poll_per_least_gap() -> None:
    lab = opened()
    headers = headers_of(BODY, lab.account.config.client_secret)
    began, polls = lab.clock.now_ms(), 0
    for _ in range(40):
        for _ in range(10):
            assert lab.call(PATH, BODY, headers) is Outcome.TAKEN
        polls += lab.answer_signals()
        lab.clock.advance(0.5)
    passed = lab.clock.now_ms() - began
    assert 1 < polls <= 1 + passed / gap_ms(REGISTERS_1)
    assert sum(lab.asked().values()) <= 2 * polls


def test_calls_that_we_fail_to_take_are_made_again() -> None:
    lab = opened()
    lab.down = True
    lab.cloud.save_product("p-2", price="42")
    lab.pass_time(5)
    assert lab.heard == []
    lab.down = False
    assert lab.pass_time(15) == 1
    assert lab.mirrored() == lab.in_shop()


def test_while_webhooks_come_polls_are_rare_and_without_them_each_minute_again() -> None:
    lab = opened()
    assert 9 <= lab.pass_time(600) <= 11
    lab.cloud.save_product("p-3", price="8")
    lab.pass_time(60)
    assert lab.pass_time(600) == 2
    assert lab.world.state.hooked_ms
    lab.clock.advance(86_400)
    lab.pass_time(300)
    assert 9 <= lab.pass_time(600) <= 11
