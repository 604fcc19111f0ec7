"""`tillbridge demo --import`: import a store's products into the POS, then keep both in step."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import typer

from cli.asking.imports import ImportRun, Progress, run_import
from cli.asking.pushes import push_and_wait
from cli.asking.quiet import until_quiet
from cli.demo.importing_outcome import ImportOutcome
from cli.demo.importing_report import show_import
from cli.demo.importing_shop import shop_works
from cli.demo.polls import until_seen
from cli.demo.store_products import StoreCatalogue, store_catalogue
from cli.demo.store_seeding import seed_store
from cli.deployment.backlog import DEAD_LETTERS, messages
from cli.deployment.ledger import ledger
from cli.deployment.local_world import connect_world, sandbox_account
from cli.deployment.target import Target
from cli.pos.local import connect_vendors_world
from cli.screen.bars import Bars, progress_bars
from cli.screen.console import counted, print_json
from cli.sides.compare import compare_sides
from cli.sides.pos_products import pos_products
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.runner import LocalWorld, start_world
from tillbridge.domain.ids import StoreId

type Json = dict[str, Any]

STORE = StoreId("demo")

PICTURES_S = 1.0
"""So long the simulator of a vendor's POS takes, at most, to work on pictures: products that have any change again."""


@dataclass(slots=True)
class _Play:
    """The state that the steps share, and the figures they note."""

    world: LocalWorld
    server: StoreServer
    target: Target
    bars: Bars
    vendor: str
    before: dict[int, Json] = field(default_factory=dict)
    reads: dict[str, int] = field(default_factory=dict)
    writes: int = 0
    edited: int = 0
    echoes: int = 0


def play_import(
    file: Path | None, quota: str, record: Path | None, vendor: str, *, as_json: bool
) -> NoReturn:
    """Run the demo, print the result and end the command: status 0 only if every promise held."""
    result = run_import_demo(file, quota=quota, record=record, vendor=vendor)
    show_import(result)
    if as_json:
        print_json(result.json())
    raise typer.Exit(0 if result.kept else 1)


def run_import_demo(
    file: Path | None, *, quota: str, record: Path | None, vendor: str = ""
) -> ImportOutcome:
    """Fill the sandbox store, import it, count the shelves, edit products in the POS, push all."""
    began = time.monotonic()
    catalogue = store_catalogue(file)
    server = StoreServer(config=StoreConfig(quota=quota, record=record))
    with progress_bars() as bars:
        step = bars.add_task("starting", total=None)
        with start_world(
            STORE,
            store=server,
            say=lambda what: bars.update(step, description=what),
            vendor=vendor,
        ) as world:
            play = _Play(world, server, _connected(world, server, vendor), bars, vendor)
            bars.update(step, description="the local world is up", total=1, completed=1)
            _fill_store(play, catalogue)
            run = _import(play)
            if vendor:
                _echo(play)
            _work(play)
            _push_all(play)
            checking = bars.add_task("comparing both sides, field by field", total=None)
            result = _outcome(play, run)
            bars.update(checking, total=1, completed=1)
            result.skipped, result.seconds = catalogue.skipped, round(time.monotonic() - began, 1)
            return result


def _connected(world: LocalWorld, server: StoreServer, vendor: str) -> Target:
    account = sandbox_account(STORE, server)
    if vendor:
        return connect_vendors_world(world, account, server.token, vendor)
    return connect_world(world, account, server.token)


def _fill_store(play: _Play, catalogue: StoreCatalogue) -> None:
    watch = _bar(play.bars, "filling the store with products that the POS does not have")
    seed_store(play.server, catalogue, watch)
    play.before = _by_id(play.server)
    watch(1, 1)
    play.server.control.reset_counts()


def _import(play: _Play) -> ImportRun:
    watch = _bar(play.bars, f"importing {counted(len(play.before), 'product')}")

    def see(now: Progress) -> None:
        watch(now.done, len(play.before))

    run = run_import(play.target, STORE, {"all": True}, see)
    until_quiet(play.target, STORE)
    calls = play.server.control.counts(agent="tillbridge")["calls"]
    play.reads = {call: count for call, count in calls.items() if call.startswith("GET")}
    play.writes = sum(calls.values()) - sum(play.reads.values())
    return run


def _echo(play: _Play) -> None:
    """Let a POS that is polled tell of what the import made, and count what is pushed for that: nothing in it is new."""
    time.sleep(PICTURES_S)  # - nothing says that pictures are done but the POS, late
    until_seen(play.target, STORE)
    until_quiet(play.target, STORE)
    play.echoes = ledger(play.target, STORE).total.updated


def _work(play: _Play) -> None:
    watch = _bar(play.bars, "counting the shelves, editing some products in the POS")
    play.edited = shop_works(play.world.pos, play.target, STORE, play.before, watch)
    until_seen(play.target, STORE)
    until_quiet(play.target, STORE)
    watch(1, 1)


def _push_all(play: _Play) -> None:
    known = [each["id"] for each in pos_products(play.target, STORE)]
    watch = _bar(play.bars, f"pushing {counted(len(known), 'product')}")
    push_and_wait(play.target, STORE, known, lambda done: watch(done, len(known)))


def _bar(bars: Bars, words: str) -> Callable[[int, int], None]:
    """Add a progress bar. Return a function that takes how much is done, and how much there is."""
    task = bars.add_task(words, total=None)
    return lambda done, total: bars.update(task, completed=done, total=total)


def _by_id(server: StoreServer) -> dict[int, Json]:
    return {each["id"]: each for each in server.control.snapshot()["products"]}


def _outcome(play: _Play, run: ImportRun) -> ImportOutcome:
    before, after = play.before, _by_id(play.server)
    records = list(pos_products(play.target, STORE))
    departments = play.world.pos.cloud.catalogue.departments.since(0)
    return ImportOutcome(
        seeded=len(before),
        run=run,
        departments=[each.name for each in departments],
        skus=[sku for record in records for sku in _skus(record)],
        changed_online=[
            before[n]["name"] for n in before if _lost_sku(before[n], after.get(n, {}))
        ],
        lost_held=[
            before[n]["name"]
            for n in before
            if len(before[n]["description"]) > 65_535
            and after[n]["description"] != before[n]["description"]
        ],
        verdict=compare_sides(play.target, STORE),
        dead_letters=messages(play.target, DEAD_LETTERS),
        own_429=ledger(play.target, STORE).total.throttled,
        reads=play.reads,
        writes_of_import=play.writes,
        edited=play.edited,
        echoes=play.echoes,
    )


def _skus(record: Json) -> list[str]:
    """Return the SKUs of a product and its variants; a vendor's product that has variants has none itself."""
    own = [record["sku"]] if record["sku"] or not record["variants"] else []
    return own + [variant["sku"] for variant in record["variants"]]


def _lost_sku(before: Json, after: Json) -> bool:
    """Return whether a SKU in BigCommerce changed; a blank one may be filled."""
    had = {("", before["sku"])} | {(v["id"], v["sku"]) for v in before["variants"]}
    has = {("", after.get("sku"))} | {(v["id"], v["sku"]) for v in after.get("variants", ())}
    return any(sku and (owner, sku) not in has for owner, sku in had)
