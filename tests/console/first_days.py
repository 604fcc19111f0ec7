"""Shops on their first day, step by step."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tests.builders import a_connection
from tests.console.catalogue import HOSTILE, MINUTE, NOW_MS, SHOP
from tests.console.shop import Shop
from tests.fakes.console import FakeJobs
from tests.fakes.reconcile import FakeRuns
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.jobs import Job
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.run import Result, Run, Stage
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import POS, WEB, ViewRow

RUN = "1764252000000-first"
DOLLARS = MoneyFormat("USD", "$")
TILL = PosAccount(PosAccountKey("till"), "https://pos.example/api", "pos.example")


def connected(*, with_rows: Sequence[ViewRow] = (), over: bool = False) -> Shop:
    """Return a shop that was connected a few minutes ago."""
    connection = a_connection(
        SHOP,
        pos_account=TILL,
        money=DOLLARS,
        connected_ms=NOW_MS - 12 * MINUTE,
        first_day_over=over,
    )
    shop = Shop(connection=connection, empty=True, compared_ms=0)
    shop.views.put(SHOP, with_rows)
    return shop


def a_run(found: dict[str, int] | None = None, **values: object) -> Run:
    """Return a comparison of everything that ended."""
    usual = Run(
        RUN,
        NOW_MS - 9 * MINUTE,
        full=True,
        stage=Stage.ENDED,
        result=Result.REPORTED,
        ended_ms=NOW_MS - 8 * MINUTE,
        web_pages=9,
        pos_pages=5,
        found=Counter(found or {}),
    )
    return replace(usual, **values)  # type: ignore[arg-type]  # the values are a run's


def reading() -> Shop:
    """Return a shop whose first comparison is under way."""
    shop = connected()
    runs(shop).save(SHOP, a_run(stage=Stage.POS, result=Result.UNDER_WAY, ended_ms=0))
    return shop


def nothing_to_link() -> Shop:
    """Return a shop whose sides have nothing in common."""
    shop = connected()
    runs(shop).save(SHOP, a_run({"only_in_pos": 40, "only_online": 12}, pages=1))
    return shop


def with_candidates(count: int = 9, *, a_page: int = 500) -> Shop:
    """Return a shop with so many pairs: most by SKU, each fifth by name, some with names from hostile places."""
    ours, theirs, found = [], [], []
    for number in range(count):
        name = HOSTILE[number % 9] if number % 3 == 2 else f"Oak chair {number:04d}"
        by_name = number % 5 == 4
        ours.append(
            ViewRow(
                POS, f"p-{number}", name, sku=f"CHR-{number}", price="96.00", stock="4", variants=3
            )
        )
        theirs.append(
            ViewRow(
                WEB,
                str(5_000 + number),
                name if by_name else f"{name} (old)",
                sku="" if by_name else f"CHR-{number}",
                price="96" if number % 4 else "149.5",
                stock="4" if number % 2 else "0",
                variants=2 if number == 3 else 3,
            )
        )
        evidence = "name" if by_name else "sku"
        found.append(Finding(Code.CANDIDATE, f"p-{number}", 5_000 + number, name, other=evidence))
    shop = connected(with_rows=[*ours, *theirs])
    only_online = Finding(Code.ONLY_ONLINE, number=901, name="Gift card")
    runs(shop).add_page(SHOP, RUN, 0, [only_online])
    pages = [found[at : at + a_page] for at in range(0, count, a_page)]
    for page, findings in enumerate(pages, 1):
        only = [Finding(Code.ONLY_IN_POS, each.product) for each in findings[:50]]
        runs(shop).add_page(SHOP, RUN, page, [*only, *findings])
    told = {"candidate": count, "only_in_pos": count + 31, "only_online": count + 12}
    runs(shop).save(SHOP, a_run(told, pages=1 + len(pages)))
    return shop


def linking(*, ended: bool) -> Shop:
    """Return a shop whose pairs are being linked and pushed, or were."""
    shop = with_candidates()
    ended_ms = NOW_MS - MINUTE if ended else 0
    job = Job("job-9", SHOP, Do.LINK, "Olivia Marsh", NOW_MS - 3 * MINUTE, 9, ended_ms=ended_ms)
    jobs(shop).begin(replace(job, done=8 if ended else 0, failed=1 if ended else 0))
    return shop


def all_done() -> Shop:
    """Return a shop whose first day is done, and nobody said so yet."""
    shop = linking(ended=True)
    jobs(shop).begin(Job("job-a", SHOP, Do.PUSH, "Sam", NOW_MS - MINUTE, 31, ended_ms=NOW_MS))
    return shop


def runs(shop: Shop) -> FakeRuns:
    """Return the comparisons of a shop."""
    found = shop.deps.runs
    assert isinstance(found, FakeRuns)
    return found


def jobs(shop: Shop) -> FakeJobs:
    """Return the jobs of a shop."""
    found = shop.deps.jobs
    assert isinstance(found, FakeJobs)
    return found
