"""A shop's day on an X-Series account in this process, and the polls that follow it, in virtual time."""

from random import Random
from typing import Any, override

from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.shop_day import play_day
from tests.lightspeed_lab import Lab
from tests.poll_world import KEY, PollWorld
from tillbridge.domain.families.as_product import as_product
from tillbridge.domain.product import Product
from tillbridge.usecases.poll_pos.poll_account import poll_account

ACTIONS = 60
LATEST_S = 200
"""So late a change is committed at most: within what overlaps read again."""


class DayOnXSeries(PollWorld):
    """The polls of an account of X-Series. Its hooks are pokes that dice make, some of them twice; changes are
    committed late, below versions that were read."""

    def __init__(self, seed: int) -> None:
        self.lab = Lab(registers=10)  # - a day of pokes in minutes is no test of the quota
        self.dice = Random(seed)
        self.commit_s: float | None = None
        super().__init__(clock=self.lab.clock)

    @override
    def deps(self, **others: Any) -> Any:
        return super().deps(**{"open_source": lambda *_: self.lab.source()} | others)

    def play(self, poked: float) -> None:
        """Read the account whole, then play a day. `poked`: the share of acts after which a hook comes through."""
        self.lab.cloud.load(demo_products())
        self.poll()
        seed = self.dice.randrange(1_000)
        play_day(
            self.lab.cloud, seed=seed, actions=ACTIONS, progress=lambda *_: self._time_passes(poked)
        )
        self.lab.control.commit()
        for _ in range(6):  # - the overlap comes with every fifth poll
            self.poll()

    def _time_passes(self, poked: float) -> None:
        self.clock.advance(self.dice.choice([0, 1, 5, 20, 50]))
        self._commit_late()
        for _ in range(self.dice.choice([1, 1, 2])):
            if self.dice.random() < poked:
                self.pokes.poke(KEY)
        poll_account(KEY, self.deps())  # does nothing unless it is due or asked for

    def _commit_late(self) -> None:
        now_s, control = self.clock.now_ms() / 1_000, self.lab.control
        if self.commit_s is None:
            if self.dice.random() < 0.2:
                control.hold_commits()
                self.commit_s = now_s + self.dice.uniform(1, LATEST_S)
        elif now_s >= self.commit_s:
            control.commit()
            self.commit_s = None
        elif self.dice.random() < 0.5:
            control.end_hold()

    def products(self) -> dict[str, Product]:
        """Return every product of the mirror, by its id."""
        return {
            name: as_product(kept.family, kept.version, kept.unreadable)
            for name, kept in self.families.items()
        }
