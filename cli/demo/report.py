"""The outcome of a demo: the figures, their report, and the promises that did not hold."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from cli.demo.input import MOST_SHOWN
from cli.demo.least_calls import needed
from cli.demo.promises import say_promises
from cli.demo.state import Demo
from cli.demo.vendor import VendorFigures, vendor_figures
from cli.deployment.backlog import DEAD_LETTERS, messages
from cli.deployment.ledger import ledger
from cli.deployment.links import every_link
from cli.screen.console import console, table
from cli.screen.verdict_report import print_report
from cli.shapes.sides import DemoDay, DemoFailed, SkippedRow
from cli.sides.compare import compare_sides
from cli.verify.as_json import verdict_json
from cli.verify.model import Verdict
from tillbridge.domain.link import Link, LinkStatus


@dataclass(slots=True)
class Outcome:
    """The figures of a demo; `broken` names the promises that did not hold.

    `lag`: median and 95th percentile of the seconds from the till to the web."""

    products: int
    variants: int
    linked: int
    failed: list[DemoFailed]
    skipped_rows: list[SkippedRow]
    events: int
    creates: int
    updates: int
    api_calls: dict[str, int]
    least_calls: int
    own_429: int
    lag: tuple[float, float]
    seconds: float
    verdict: Verdict
    dead_letters: int
    happened: dict[str, int]
    notes: list[str] = field(default_factory=list)
    pos: VendorFigures | None = None

    @property
    def broken(self) -> list[str]:
        """The promises that did not hold, in words; empty when all did."""
        checks = {
            "Both sides agree": not self.verdict.mismatches and not self.verdict.missing_online,
            "BigCommerce-owned values are unchanged": not self.verdict.bigcommerce_owned_touched,
            "Nothing was created twice": not self.verdict.duplicates,
            "BigCommerce throttled no call (429)": self.own_429 == 0,
            "Nothing was lost (dead letters)": self.dead_letters == 0,
            "Every product is linked or says why not": self.products
            == self.linked + len(self.failed),
            **(self.pos.checks if self.pos else {}),
        }
        return [words for words, kept in checks.items() if not kept]

    @property
    def kept(self) -> bool:
        """Whether every promise held."""
        return not self.broken

    def json(self) -> DemoDay:
        """Return the figures by name, for `--json`."""
        found = verdict_json(self.verdict)
        figures: DemoDay = {
            "products": self.products,
            "variants": self.variants,
            "linked": self.linked,
            "failed": self.failed,
            "skipped_rows": self.skipped_rows,
            "events": self.events,
            "happened": self.happened,
            "creates": self.creates,
            "updates": self.updates,
            "mismatches": [*found["mismatches"], *found["missing_online"]],
            "bigcommerce_owned_touched": found["bigcommerce_owned_touched"],
            "duplicates": found["duplicates"],
            "api_calls": self.api_calls,
            "least_calls": self.least_calls,
            "own_429": self.own_429,
            "dead_letters": self.dead_letters,
            "lag_seconds": {"p50": self.lag[0], "p95": self.lag[1]},
            "seconds": self.seconds,
            "promises_broken": self.broken,
            "notes": self.notes,
        }
        if self.pos:
            figures["pos"] = self.pos.json()
        return figures


def outcome(demo: Demo) -> Outcome:
    """Compare both sides, and return the outcome with all figures."""
    target, store = demo.target, demo.store
    verdict = compare_sides(target, store, demo.owned_before)
    links = every_link(target, store)
    whole, day = ledger(target, store), ledger(target, store, demo.day_began_ms)
    linked = {str(key): link for key, link in links.items() if link.status is LinkStatus.LINKED}
    events = demo.world.events.entries[demo.events_before :]
    pos = vendor_figures(demo)
    variants_of = {
        demo.world.pos.shop_unit(key, None)[0]: len(link.variants) for key, link in linked.items()
    }
    return Outcome(
        products=len(demo.known),
        variants=sum(len(link.variants) for link in linked.values()),
        linked=len(linked),
        failed=_failed(links.values()),
        skipped_rows=[
            {"file": row.file, "row": row.row, "code": row.code, "reason": row.reason}
            for row in demo.given.skipped
        ],
        events=len(demo.world.events.entries),
        creates=whole.total.created,
        updates=whole.total.updated,
        api_calls=dict(sorted(whole.total.calls.items())),
        least_calls=needed(whole.total.created, events, variants_of).calls,
        own_429=whole.total.throttled,
        lag=pos.lag if pos else (day.percentile(0.5), day.percentile(0.95)),
        seconds=round(time.monotonic() - demo.started, 1),
        verdict=verdict,
        dead_letters=messages(target, DEAD_LETTERS),
        happened=dict(demo.day.happened) if demo.day else {},
        notes=demo.given.notes,
        pos=pos,
    )


def _failed(links: Iterable[Link]) -> list[DemoFailed]:
    return [
        {
            "product": link.product,
            "code": link.problem.code if link.problem else link.status.value,
            "words": link.problem.words if link.problem else "",
        }
        for link in links
        if link.status is not LinkStatus.LINKED
    ]


def show(result: Outcome) -> None:
    """Print what happened, and whether every promise held."""
    writes = sum(n for call, n in result.api_calls.items() if not call.startswith("GET"))
    reads = sum(result.api_calls.values()) - writes
    rows: list[tuple[str, object]] = [
        ("products in the POS", result.products),
        ("  linked to BigCommerce", result.linked),
        ("  variants of these", result.variants),
        ("  refused, each with its reason", len(result.failed)),
        ("rows of the files left out", len(result.skipped_rows)),
        ("events of the day", result.events),
        ("products created online", result.creates),
        ("product updates sent", result.updates),
        ("API calls that write", writes),
        ("  the fewest the API allows, if all were known at once", result.least_calls),
        ("API calls that read", reads),
        ("calls that BigCommerce throttled (429)", result.own_429),
        ("time from the till to the web, median", f"{result.lag[0]:.1f} s"),
        ("time for 95 % of the changes, at most", f"{result.lag[1]:.1f} s"),
        *(result.pos.rows if result.pos else []),
        ("fields that differ", len(result.verdict.mismatches)),
        ("BigCommerce-owned values changed", len(result.verdict.bigcommerce_owned_touched)),
        ("created twice", len(result.verdict.duplicates)),
        ("seconds in all", f"{result.seconds:.0f}"),
    ]
    console.print()
    console.print(table("What happened", ("", ""), rows))
    if result.happened:
        day = [(kind.replace("_", " "), times) for kind, times in sorted(result.happened.items())]
        console.print(table("The day", ("", "times"), day))
    if result.failed:
        failed = [(each["product"], each["words"]) for each in result.failed]
        console.print(table("Refused, and what to do", ("product", "why"), failed))
    if result.skipped_rows:
        skipped = [
            (r["file"], r["row"], r["code"], r["reason"]) for r in result.skipped_rows[:MOST_SHOWN]
        ]
        console.print(
            table(
                f"Rows left out (first {MOST_SHOWN})", ("file", "line", "product", "why"), skipped
            )
        )
    if result.notes:
        told = [(note,) for note in result.notes[:MOST_SHOWN]]
        console.print(table(f"Notes on the files (first {MOST_SHOWN})", ("",), told))
    if not result.verdict.ok:
        print_report(result.verdict)
    say_promises(result.broken)
