"""`tillbridge demo --import`: a store that was there first comes into the POS, and stays in step."""

import json
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from cli.connect import Account, connect
from cli.demo_store_products import seed_store, store_catalogue
from cli.imports import ImportRun, run_import
from cli.pos_products import pos_products
from cli.quiet import until_quiet
from cli.requests_out import push_requests, put
from cli.show import console, table
from cli.state import DEAD_LETTERS, every_link, ledger, messages
from cli.target import Target
from cli.verify.model import Verdict
from cli.verify.report import print_report
from cli.verify_cmd import compare_sides
from sandbox.bigcommerce.config import StoreConfig
from sandbox.bigcommerce.server import StoreServer
from sandbox.pos.cloud import PosCloud
from sandbox.runner import start_world
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link import Link

type Json = dict[str, Any]

STORE = "demo"
OUTLET = "o-main"
SHELVES_A_COUNT = 100
GENERATED = re.compile(r"[0-9A-Z]+")


@dataclass(slots=True)
class ImportOutcome:
    """What came of it; `broken` names the promises that did not hold."""

    seeded: int
    run: ImportRun
    departments: list[str]
    skus: list[str]
    changed_online: list[str]
    lost_held: list[str]
    verdict: Verdict
    dead_letters: int
    own_429: int
    reads: Mapping[str, int]
    writes_of_import: int
    edited: int
    seconds: float = 0.0
    skipped: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """The promises that did not hold, in words."""
        twice = [sku for sku, count in Counter(self.skus).items() if count > 1]
        doubled = [n for n, c in Counter(d.casefold() for d in self.departments).items() if c > 1]
        kinds = Counter(each.kind for each in self.run.outcomes)
        checks = {
            "Every product came in, or says why not": kinds["failed"] == 0
            and len(self.run.outcomes) == self.seeded,
            "Generated SKUs are letters and digits": all(map(GENERATED.fullmatch, self.skus)),
            "No SKU was issued twice": not twice,
            "Each department was made once": not doubled,
            "Importing changed nothing in the store": self.writes_of_import == 0,
            "BigCommerce's SKUs are as they were": not self.changed_online,
            "Held values are still whole in the store": not self.lost_held,
            "Both sides agree": not self.verdict.mismatches and not self.verdict.missing_online,
            "Nothing was made twice": not self.verdict.duplicates,
            "No call of ours was refused for being too many (429)": self.own_429 == 0,
            "Nothing was lost (dead letters)": self.dead_letters == 0,
        }
        return [words for words, kept in checks.items() if not kept]

    @property
    def kept(self) -> bool:
        """Whether every promise held."""
        return not self.broken

    def json(self) -> Json:
        """The figures."""
        return {
            "seeded": self.seeded,
            "outcomes": dict(Counter(each.kind for each in self.run.outcomes)),
            "held": {each.name: list(each.held) for each in self.run.outcomes if each.held},
            "departments": self.departments,
            "skus": len(self.skus),
            "edited": self.edited,
            "bigcommerce_reads_of_import": dict(self.reads),
            "bigcommerce_writes_of_import": self.writes_of_import,
            "bigcommerce_skus_changed": self.changed_online,
            "held_lost": self.lost_held,
            "mismatches": [each.words for each in self.verdict.mismatches],
            "own_429": self.own_429,
            "dead_letters": self.dead_letters,
            "seconds": self.seconds,
            "left_out": self.skipped,
            "promises_broken": self.broken,
        }


@dataclass(slots=True)
class _Noted:
    """What was noted on the way."""

    ids: list[int]
    before: dict[int, Json]
    reads: dict[str, int] = field(default_factory=dict)
    writes: int = 0
    edited: int = 0


def play_import(
    file: Path | None, quota: str, record: Path | None, json_file: Path | None
) -> NoReturn:
    """Runs, shows and ends the command: status 0 only if every promise held."""
    result = run_import_demo(file, quota=quota, record=record)
    show_import(result)
    if json_file is not None:
        json_file.write_text(json.dumps(result.json(), indent=1), encoding="utf-8")
    raise typer.Exit(0 if result.kept else 1)


def run_import_demo(file: Path | None, *, quota: str, record: Path | None) -> ImportOutcome:
    """Fills the sandbox store, imports it, counts the shelves, edits some in the POS, pushes all."""
    began = time.monotonic()
    catalogue = store_catalogue(file)
    server = StoreServer(config=StoreConfig(quota=quota, record=record))
    with _bars() as bars:
        step = bars.add_task("starting", total=None)

        def say(what: str) -> None:
            bars.update(step, description=what)

        with start_world(STORE, store=server, say=say) as world:
            outputs = {n: getattr(world.outputs, n) for n in world.outputs.__dataclass_fields__}
            target = Target(outputs, world.aws.endpoint_url)
            account = Account(STORE, server.store_hash, "", server.api_url)
            connect(target, account, server.token, world.pos.base_url, world.pos.token)
            say("filling the store with products the POS does not know")
            ids = seed_store(server, catalogue)
            noted = _Noted(ids, _by_id(server))
            server.control.reset_counts()
            say(f"importing {len(ids)} products")
            run = run_import(target, StoreId(STORE), {"all": True}, lambda _: None)
            until_quiet(target, StoreId(STORE))
            noted.reads, noted.writes = _calls(server)
            say("counting the shelves, editing some products, pushing all")
            noted.edited = _shop_works(world.pos.cloud, target, noted.before)
            known = [each["id"] for each in pos_products(target, StoreId(STORE))]
            put(target, list(push_requests(STORE, known)))
            until_quiet(target, StoreId(STORE))
            say("comparing both sides, field by field")
            departments = [each.name for each in world.pos.cloud.catalogue.departments.since(0)]
            result = _outcome(target, server, noted, run, departments)
            result.skipped, result.seconds = catalogue.skipped, round(time.monotonic() - began, 1)
            return result


def _bars() -> Progress:
    columns = (SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), BarColumn())
    return Progress(*columns, console=console)


def _by_id(server: StoreServer) -> dict[int, Json]:
    return {each["id"]: each for each in server.control.snapshot()["products"]}


def _calls(server: StoreServer) -> tuple[dict[str, int], int]:
    calls = server.control.counts(agent="tillbridge")["calls"]
    reads = {call: count for call, count in calls.items() if call.startswith("GET")}
    return reads, sum(calls.values()) - sum(reads.values())


def _shop_works(cloud: PosCloud, target: Target, before: Mapping[int, Json]) -> int:
    """The shelves are counted as the store believed them to be; every third product gets a new
    price, some a new name."""
    edited = 0
    lines: list[Json] = []
    links = {str(link.product): link for link in every_link(target, StoreId(STORE)).values()}
    for place, product in enumerate(list(pos_products(target, StoreId(STORE)))):
        link = links.get(product["id"])
        if link is None or link.id is None:
            continue
        lines += _shelves(product, link, before[int(link.id)])
        if place % 3 == 0:
            changes: Json = {"price": "49.95"}
            if place % 2 == 0:
                changes["name"] = f"{product['name']} (new)"
            cloud.save_product(product["id"], **changes)
            edited += 1
    for part in batched(lines, SHELVES_A_COUNT, strict=False):
        cloud.inventory_count(list(part), outlet_id=OUTLET)
    return edited


def _shelves(product: Json, link: Link, online: Json) -> list[Json]:
    if not product["track_stock"]:
        return []
    if not product["variants"]:
        level = int(online.get("inventory_level") or 0)
        return [{"product_id": product["id"], "variant_id": None, "counted": str(level)}]
    levels = {int(each["id"]): int(each.get("inventory_level") or 0) for each in online["variants"]}
    numbers = {str(pos): int(variant.id) for pos, variant in link.variants.items()}
    return [
        {
            "product_id": product["id"],
            "variant_id": variant["id"],
            "counted": str(levels[numbers[variant["id"]]]),
        }
        for variant in product["variants"]
    ]


def _outcome(
    target: Target,
    server: StoreServer,
    noted: _Noted,
    run: ImportRun,
    departments: list[str],
) -> ImportOutcome:
    before = noted.before
    after = _by_id(server)
    records = list(pos_products(target, StoreId(STORE)))
    return ImportOutcome(
        seeded=len(noted.ids),
        run=run,
        departments=departments,
        skus=[s for r in records for s in (r["sku"], *(v["sku"] for v in r["variants"]))],
        changed_online=[
            before[n]["name"] for n in before if _lost_sku(before[n], after.get(n, {}))
        ],
        lost_held=[
            before[n]["name"]
            for n in before
            if len(before[n]["description"]) > 65_535
            and after[n]["description"] != before[n]["description"]
        ],
        verdict=compare_sides(target, StoreId(STORE)),
        dead_letters=messages(target, DEAD_LETTERS),
        own_429=ledger(target, StoreId(STORE)).total.throttled,
        reads=noted.reads,
        writes_of_import=noted.writes,
        edited=noted.edited,
    )


def _lost_sku(before: Json, after: Json) -> bool:
    """Whether a SKU that BigCommerce had is another one now; a blank one may be filled."""
    had = {("", before["sku"])} | {(v["id"], v["sku"]) for v in before["variants"]}
    has = {("", after.get("sku"))} | {(v["id"], v["sku"]) for v in after.get("variants", ())}
    return any(sku and (owner, sku) not in has for owner, sku in had)


def show_import(result: ImportOutcome) -> None:
    """Prints what happened."""
    kinds = Counter(each.kind for each in result.run.outcomes)
    rows: list[tuple[str, object]] = [
        ("products that were only in the store", result.seeded),
        *[(f"  {kind.replace('_', ' ')}", count) for kind, count in sorted(kinds.items())],
        (
            "  with values held as the store has them",
            sum(bool(e.held) for e in result.run.outcomes),
        ),
        ("departments made", len(result.departments)),
        ("SKUs in the POS, all different", len(set(result.skus))),
        ("reads of BigCommerce by the import", sum(result.reads.values())),
        ("writes to BigCommerce by the import", result.writes_of_import),
        ("products edited in the POS", result.edited),
        ("fields that differ after pushing all", len(result.verdict.mismatches)),
        ("seconds in all", f"{result.seconds:.0f}"),
    ]
    shown = [(a, f"{b:,}" if isinstance(b, int) else str(b)) for a, b in rows]
    console.print(table("What happened", ("", ""), shown))
    held = [(e.name, " ".join(e.held)) for e in result.run.outcomes if e.held]
    if held:
        console.print(table("Held", ("product", "why"), held))
    told = [(e.name, e.kind, e.words) for e in result.run.outcomes if e.kind != "imported"]
    if told:
        console.print(table("Not imported", ("product", "", "why"), told))
    if not result.verdict.ok:
        print_report(result.verdict, console)
    for words in result.broken:
        console.print(f"[red]✗[/red] broken: {words}")
    if result.kept:
        console.print("[green]✓[/green] Every promise held.")
