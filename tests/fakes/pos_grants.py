"""Grants of POS accounts in memory, and the vendor that renews them; they keep the promises of `ports.pos_grants`
and `ports.pos_access`."""

from collections.abc import Callable
from dataclasses import replace

from tests.fakes.clock import FakeClock
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount, connect_command
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problems import attention_for

DAY_MS = 86_400_000


class FakePosGrants:
    """`trouble`: errors that the next writes raise."""

    def __init__(self) -> None:
        self.kept: dict[PosAccountKey, PosGrant] = {}
        self.trouble: list[TillbridgeError] = []

    def grant(self, account: PosAccountKey) -> PosGrant:
        if account not in self.kept:
            raise attention_for(
                AttentionCode.TOKEN_MISSING, side="the POS", command=connect_command(account)
            )
        return self.kept[account]

    def put(self, account: PosAccountKey, grant: PosGrant) -> None:
        self.grant(account)
        if self.trouble:
            raise self.trouble.pop(0)
        self.kept[account] = grant


class FakePosAccess:
    """A vendor whose refresh tokens die with their use. `live`: the one that it takes. `trouble` is raised by the next
    calls, before the token is used. `before_answer` runs once it was used."""

    def __init__(self, clock: FakeClock, live: str) -> None:
        self.live = live
        self.asked = 0
        self.trouble: list[TillbridgeError] = []
        self.before_answer: Callable[[], None] = lambda: None
        self._clock = clock

    def refreshed(self, account: PosAccount, grant: PosGrant) -> PosGrant:
        self.asked += 1
        if self.trouble:
            raise self.trouble.pop(0)
        if grant.refresh_token != self.live:
            command = f"tillbridge pos connect {account.key}"
            raise attention_for(AttentionCode.POS_TOKEN_DEAD, Case.ACCOUNT, command=command)
        self.live = f"refresh-{self.asked}"
        self.before_answer()
        return replace(
            grant,
            access_token=f"access-{self.asked}",
            refresh_token=self.live,
            expires_ms=self._clock.now_ms() + DAY_MS,
        )
