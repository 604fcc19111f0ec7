"""A refresh token is good for one use: who renews, when, and what a crash at each point costs."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from tests.builders import a_pos_account
from tests.fakes.clock import FakeClock
from tests.fakes.pos_grants import DAY_MS, FakePosAccess, FakePosGrants
from tillbridge.domain.errors import NeedsAttention, PosDown, RetryLater
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.usecases.renew_pos_access import (
    LEAST_LEFT_MS,
    RenewDeps,
    WarmGrants,
    refresh_when_due,
    renew,
)

HOUR_MS = 3_600_000


class Killed(BaseException):
    """The function is gone, with everything it knew."""


@dataclass
class Shop:
    """A POS account with a grant that ends in five hours."""

    clock: FakeClock = field(default_factory=FakeClock)
    account: PosAccount = field(default_factory=lambda: a_pos_account("lightspeed-lantern"))

    def __post_init__(self) -> None:
        self.grants = FakePosGrants()
        self.access = FakePosAccess(self.clock, "refresh-0")
        self.holds(left_ms=5 * HOUR_MS)
        self.deps = self.function()

    def holds(self, *, left_ms: int, refresh: str = "refresh-0") -> None:
        ends = self.clock.now_ms() + left_ms
        self.grants.kept[self.account.key] = PosGrant("access-0", refresh, ends, "app", "secret")

    def function(self) -> RenewDeps:
        """Return what a cold function has; its slice ends in a minute."""
        return RenewDeps(
            self.grants, self.access, self.clock, self.clock.now_ms() + 60_000, WarmGrants()
        )

    def polls(self) -> None:
        refresh_when_due(self.account, self.deps, self.clock.now_ms())

    @property
    def kept(self) -> PosGrant:
        return self.grants.kept[self.account.key]


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.mark.parametrize(
    ("left_ms", "asked"), [(LEAST_LEFT_MS + 1, 0), (LEAST_LEFT_MS, 1), (-HOUR_MS, 1)]
)
def test_a_grant_is_renewed_when_six_hours_are_left(shop: Shop, left_ms: int, asked: int) -> None:
    shop.holds(left_ms=left_ms)
    shop.polls()
    assert shop.access.asked == asked


def test_a_renewed_grant_lasts_until_the_next_day(shop: Shop) -> None:
    shop.polls()
    shop.polls()
    assert shop.access.asked == 1
    assert shop.kept == PosGrant(
        "access-1", "refresh-1", shop.clock.now_ms() + DAY_MS, "app", "secret"
    )


def test_a_token_that_a_person_made_is_left_alone(shop: Shop) -> None:
    shop.grants.kept[shop.account.key] = PosGrant("personal")
    shop.polls()
    assert not renew(shop.account, shop.deps)
    assert shop.access.asked == 0


def test_a_refused_access_token_is_renewed_though_its_time_is_not_up(shop: Shop) -> None:
    shop.holds(left_ms=20 * HOUR_MS)
    assert renew(shop.account, shop.deps)
    assert shop.kept.access_token == "access-1"


def test_while_the_old_token_lives_a_vendor_that_is_down_stops_no_poll(shop: Shop) -> None:
    shop.access.trouble = [PosDown("down")]
    shop.polls()
    assert shop.kept.access_token == "access-0"
    shop.polls()
    assert shop.kept.refresh_token == shop.access.live != "refresh-0"


def test_without_a_living_token_the_poll_waits(shop: Shop) -> None:
    shop.holds(left_ms=-1)
    shop.access.trouble = [PosDown("down", 30)]
    with pytest.raises(RetryLater):
        shop.polls()
    shop.polls()
    assert shop.kept.refresh_token == shop.access.live != "refresh-0"


# --- crashes ---------------------------------------------------------------------------------


def _kill() -> None:
    raise Killed


def test_killed_before_the_call_nothing_is_lost(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lab:
        lab.setattr(shop.access, "refreshed", lambda *_: _kill())
        with pytest.raises(Killed):
            shop.polls()
    shop.deps = shop.function()
    shop.polls()
    assert shop.kept.access_token == "access-1"


def _in_the_call(shop: Shop) -> None:
    shop.access.before_answer = _kill


def _before_the_write(shop: Shop) -> None:
    shop.grants.put = lambda *_: _kill()  # type: ignore[method-assign]


@pytest.mark.parametrize("point", [_in_the_call, _before_the_write])
def test_killed_between_the_vendors_answer_and_the_write_a_person_connects_again(
    shop: Shop, point: Callable[[Shop], None]
) -> None:
    grants = shop.grants
    point(shop)
    with pytest.raises(Killed):
        shop.polls()
    shop.access.before_answer = lambda: None
    grants.__dict__.pop("put", None)
    shop.deps = shop.function()
    with pytest.raises(NeedsAttention) as told:
        shop.polls()
    assert told.value.code == "pos_token_dead"
    assert "tillbridge pos connect" in str(told.value), "the words have the command"
    # The person does, and the next poll of the same warm function works.
    shop.access.live = "of the person"
    shop.holds(left_ms=DAY_MS, refresh="of the person")
    shop.polls()
    assert renew(shop.account, shop.deps)


def test_killed_after_the_write_nothing_is_lost(shop: Shop) -> None:
    whole = shop.grants.put

    def put(account: PosAccountKey, grant: PosGrant) -> None:
        whole(account, grant)
        raise Killed

    shop.grants.put = put  # type: ignore[method-assign]
    with pytest.raises(Killed):
        shop.polls()
    shop.deps = shop.function()
    shop.polls()
    assert (shop.kept.access_token, shop.access.asked) == ("access-1", 1)


def test_the_answer_is_written_again_and_again_until_the_slice_ends(shop: Shop) -> None:
    shop.grants.trouble = [RetryLater("busy"), NeedsAttention("token_forbidden", "no"), RetryLater("busy")]  # fmt: skip
    shop.polls()
    assert shop.kept.access_token == "access-1"
    assert shop.access.asked == 1


def test_what_could_not_be_written_in_its_slice_is_written_by_the_next(shop: Shop) -> None:
    shop.grants.trouble = [RetryLater("busy") for _ in range(1_000)]
    shop.polls()  # the old access token lives, so the poll itself goes on
    assert shop.clock.now_ms() <= shop.deps.deadline_ms
    assert shop.kept.refresh_token == "refresh-0"
    shop.grants.trouble.clear()
    shop.deps = replace(shop.function(), warm=shop.deps.warm)
    shop.polls()
    assert shop.kept.refresh_token == "refresh-1"
    assert shop.access.asked == 1
    shop.grants.kept[shop.account.key] = replace(shop.kept, expires_ms=0)
    shop.polls()
    assert shop.kept.refresh_token == "refresh-2", "and is renewed in its turn"


def test_what_could_not_be_written_gives_way_to_a_person_who_connected_meanwhile(
    shop: Shop,
) -> None:
    shop.grants.trouble = [RetryLater("busy") for _ in range(1_000)]
    shop.polls()
    shop.grants.trouble.clear()
    shop.access.live = "of the person"
    shop.holds(left_ms=DAY_MS, refresh="of the person")
    shop.polls()
    assert shop.kept.refresh_token == "of the person"


# --- two at once -----------------------------------------------------------------------------


def test_of_two_that_renew_at_once_the_second_finds_what_the_first_kept(shop: Shop) -> None:
    second = shop.function()
    shop.access.before_answer = lambda: None
    seen = shop.grants.grant
    first_done: list[bool] = []

    def grant(account: PosAccountKey) -> PosGrant:
        found = seen(account)
        if not first_done:
            first_done.append(True)
            refresh_when_due(shop.account, shop.deps, shop.clock.now_ms())
        return found

    shop.grants.grant = grant  # type: ignore[method-assign]
    refresh_when_due(shop.account, second, shop.clock.now_ms())
    assert shop.access.asked == 2, "the second used a dead token"
    assert shop.kept.refresh_token == "refresh-1"


def test_a_second_that_comes_before_the_first_has_written_waits_for_it(shop: Shop) -> None:
    shop.access.live = "refresh-1"  # the first has used refresh-0, and not yet kept its answer

    class Writes(FakeClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            shop.holds(left_ms=DAY_MS, refresh="refresh-1")

    refresh_when_due(shop.account, replace(shop.deps, clock=Writes()), shop.clock.now_ms())
    assert shop.kept.refresh_token == "refresh-1"


def test_a_dead_refresh_token_is_asked_for_once_by_a_warm_function(shop: Shop) -> None:
    shop.access.live = "somebody else's"
    said = set()
    for _ in range(5):
        with pytest.raises(NeedsAttention) as told:
            shop.polls()
        said.add(str(told.value))
    assert shop.access.asked == 1
    assert len(said) == 1


def test_what_a_person_gave_while_it_was_renewed_is_not_written_over() -> None:
    shop = Shop()
    theirs = PosGrant("made by a person")

    def connected() -> None:
        shop.grants.kept[shop.account.key] = theirs

    shop.access.before_answer = connected
    shop.polls()
    assert shop.kept == theirs
    shop.polls()
    assert (shop.kept, shop.access.asked) == (theirs, 1)


def test_what_a_person_gave_while_the_secrets_were_throttled_is_not_written_over() -> None:
    shop = Shop()
    theirs = PosGrant("access", "refresh-of-another-app", shop.clock.now_ms() + DAY_MS)
    put = shop.grants.put

    def throttled(account: PosAccountKey, grant: PosGrant) -> None:
        if theirs not in (grant, shop.kept):
            shop.grants.kept[account] = theirs
            raise RetryLater("The secret cannot be written just now.")
        put(account, grant)

    shop.grants.put = throttled  # type: ignore[method-assign]  # a person connects between two tries
    shop.polls()
    assert shop.kept == theirs


def test_a_renewed_grant_is_kept_though_the_one_before_cannot_be_looked_at() -> None:
    shop = Shop()
    look = shop.grants.grant

    def denied(account: PosAccountKey) -> PosGrant:
        if shop.access.asked:
            raise RetryLater("The access tokens cannot be read just now.")
        return look(account)

    def keep(account: PosAccountKey, grant: PosGrant) -> None:
        shop.grants.kept[account] = grant

    shop.grants.grant = denied  # type: ignore[method-assign]  # once it was renewed
    shop.grants.put = keep  # type: ignore[method-assign]
    shop.polls()
    assert shop.kept.refresh_token == "refresh-1"
