"""An account of the simulator in this process, as `tillbridge check-pos lightspeed` asks it; and one that answers by
a script what the simulator never does."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, override

import requests

from cli.check_pos.lightspeed.client import Answer, Json
from cli.check_pos.lightspeed.client import Shop as Asked
from cli.check_pos.lightspeed.probe import NotRun, Otherwise
from cli.check_pos.lightspeed.run import PROBES
from tests.fakes.clock import FakeClock

VERDICTS: Mapping[type[Exception], str] = {Otherwise: "otherwise", NotRun: "not run"}


class Waiting(FakeClock):
    """A clock whose waits are over at once; `meanwhile` is what happens in them."""

    meanwhile: Callable[[], object] | None = None

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if self.meanwhile:
            self.meanwhile()


class Scripted(Asked):
    """Answers calls by "METHOD /path": with what is there, or what a function makes of the call's body."""

    script: Mapping[str, Any]

    @override
    def ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | Sequence[tuple[str, str]] = (),
        body: Json | None = None,
        version: str = "2026-07",
    ) -> Answer:
        told = self.script[f"{method} {path}"]
        found = told(body or dict(query)) if callable(told) else told
        assert isinstance(found, Answer)
        return found


def scripted(script: Mapping[str, Any]) -> Scripted:
    made = Scripted("https://x.example", "t", requests.Session(), Waiting())
    made.script = script
    return made


def probed(number: int, shop: Asked) -> tuple[str, str]:
    """Return the verdict of a probe, and its words."""
    (probe,) = (each for each in PROBES if each.number == number)
    try:
        return "passed", probe.run(shop)
    except (Otherwise, NotRun) as why:
        return VERDICTS[type(why)], str(why)
