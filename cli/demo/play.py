"""Playing the demo of a day, from the start of the local world to the comparison."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from rich.progress import Progress

from cli.demo.input import Input
from cli.demo.polls import until_seen
from cli.demo.report import Outcome, outcome
from cli.demo.state import Demo
from cli.demo.steps import connected, play, push_new, web_staff_fills
from cli.deployment.accounts import Account
from cli.screen.bars import progress_bars
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.runner import start_world


def run_demo(
    given: Input,
    *,
    account: Account | None,
    quota: str,
    seed: int,
    record: Path | None,
    afterwards: Callable[[Demo, Progress], None] = lambda *_: None,
    at_the_end: Callable[[Outcome, Demo], None] = lambda *_: None,
) -> Outcome:
    """Play the demo and return its outcome; call `afterwards`, and `at_the_end` once no bar is drawn any more,
    before the local world ends."""
    own = None if account else StoreServer(config=StoreConfig(quota=quota, record=record))
    store_id = account.name if account else "demo"
    with ExitStack() as worlds, progress_bars() as bars:
        step = bars.add_task("starting", total=None)

        def say(what: str) -> None:
            bars.update(step, description=what)

        world = worlds.enter_context(
            start_world(store_id, store=own, say=say, vendor=given.pos.vendor)
        )
        bars.update(step, description="the local world is up", total=1, completed=1)
        world.pos.cloud.load(given.products)
        demo = connected(world, own, account, given, seed)
        until_seen(demo.target, demo.store)  # the first reading, which connecting asked for
        push_new(demo, bars, "pushing {} products to BigCommerce")
        web_staff_fills(demo, bars)
        play(demo, bars)
        push_new(demo, bars, "pushing {} products that are new since the morning")
        checking = bars.add_task("comparing both sides, field by field", total=None)
        result = outcome(demo)
        bars.update(checking, total=1, completed=1)
        afterwards(demo, bars)
        bars.stop()
        at_the_end(result, demo)
        return result
