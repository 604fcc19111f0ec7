"""Several parties on one simulated clock: at every port call, dice decide who goes on."""

import threading
from collections.abc import Callable
from random import Random
from typing import Any, Self

PATIENCE_S = 30.0
"""Seconds the test itself waits: a party that hangs is a bug."""


class Party:
    """Something that runs in a thread of its own, but only when the stage lets it. Its clock is the
    stage's; its `sleep` gives up its turns until then."""

    def __init__(self, stage: "Stage", name: str, work: Callable[[Self], None]) -> None:
        self.stage, self.name = stage, name
        self.wakes_ms, self.ended = 0, False
        self.error: BaseException | None = None
        self._turn = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, args=(work,), name=name, daemon=True)

    def now_ms(self) -> int:
        return self.stage.now_ms

    def sleep(self, seconds: float) -> None:
        self.wakes_ms = self.stage.now_ms + round(max(seconds, 0.0) * 1_000)
        self.step()

    def step(self) -> None:
        """Let the dice decide who goes on."""
        self.stage.done.release()
        assert self._turn.acquire(timeout=PATIENCE_S), f"{self.name} was forgotten"

    def sees(self, port: Any) -> Any:
        """Return the port, with a step before and after each of its calls."""
        return _Stepping(port, self)

    def go(self) -> None:
        """Run one turn, until the next step."""
        if not self._thread.ident:
            self._thread.start()
        self._turn.release()
        assert self.stage.done.acquire(timeout=PATIENCE_S), f"{self.name} hangs"

    def _run(self, work: Callable[[Self], None]) -> None:
        assert self._turn.acquire(timeout=PATIENCE_S)
        try:
            work(self)
        except BaseException as error:  # noqa: BLE001 - the stage raises it
            self.error = error
        finally:
            self.ended = True
            self.stage.done.release()


class Stage:
    """Turns are dealt until every party has ended. Time passes a little with each turn, and jumps
    when all sleep."""

    def __init__(self, seed: int, start_ms: int) -> None:
        self.now_ms = start_ms
        self.done = threading.Semaphore(0)
        self._dice = Random(seed)
        self._parties: list[Party] = []

    def add(self, name: str, work: Callable[[Party], None]) -> None:
        """Add a party."""
        self._parties.append(Party(self, name, work))

    def play(self) -> None:
        """Deal turns until every party has ended; raise what a party raised."""
        while alive := [party for party in self._parties if not party.ended]:
            self.now_ms = max(self.now_ms, min(party.wakes_ms for party in alive))
            awake = [party for party in alive if party.wakes_ms <= self.now_ms]
            self._dice.choice(awake).go()
            self.now_ms += self._dice.randrange(150)
            for party in self._parties:
                if party.error is not None:
                    raise party.error


class _Stepping:
    def __init__(self, port: Any, party: Party) -> None:
        self._port, self._party = port, party

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if not callable(found):
            return found

        def call(*args: Any, **named: Any) -> Any:
            self._party.step()
            answer = found(*args, **named)
            self._party.step()
            return answer

        return call
