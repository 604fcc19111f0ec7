"""`tillbridge demo --drift`: damage the store, lose events, and check that reconcile repairs it.

Reconcile must find exactly the damage: nothing more, nothing less."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.progress import Progress

from cli.asking.quiet import until_quiet
from cli.asking.runs import ask_for_run
from cli.demo.polls import until_seen
from cli.demo.promises import say_promises
from cli.demo.state import Demo
from cli.demo.steps import MAIN_OUTLET
from cli.deployment.links import every_link
from cli.deployment.runs import runs_of
from cli.screen.console import console, table
from cli.screen.run_report import finding_json, run_json, show_run
from cli.screen.verdict_report import print_report
from cli.shapes.sides import DemoDrift
from cli.sides.compare import compare_sides
from cli.sides.pos_products import pos_products
from cli.verify.model import StoreSide, Verdict
from cli.verify.owned import snapshot_owned
from sandbox.bigcommerce.lab.vandal import Damage, Vandal
from sandbox.pos.inputs import ProductInput
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.run import Result, Run

EDITED_PERCENT = 5
LOST_PERCENT = 3
DELETED_PERCENT = 2
STOCK_SHOWS_S = 1.0


@dataclass(slots=True)
class Drift:
    """The damage done, the result of each run, and the promises that did not hold."""

    damage: Damage = field(default_factory=Damage)
    lost: set[str] = field(default_factory=set)
    dry: Run | None = None
    repair: Run | None = None
    last: Run | None = None
    findings: Sequence[Finding] = ()
    broken: list[str] = field(default_factory=list)
    verdict: Verdict | None = None

    @property
    def kept(self) -> bool:
        """Whether every promise held."""
        return not self.broken

    def json(self) -> DemoDrift:
        """Return the figures by name, for `--json`."""
        return {
            "pos_owned_edits": [
                {"bigcommerce_id": number, "field": field}
                for number, field in sorted(self.damage.edits)
            ],
            "bigcommerce_owned_edits": self.damage.web_edits,
            "deleted": sorted(self.damage.deleted),
            "events_lost": sorted(self.lost),
            "found": [finding_json(each) for each in self.findings],
            "runs": [run_json(run) for run in (self.dry, self.repair, self.last) if run],
            "promises_broken": self.broken,
        }


def play_drift(demo: Demo, bars: Progress, drift: Drift) -> None:
    """Damage the store, reconcile, repair and compare; put the results in `drift`."""
    task = bars.add_task("a vandal edits and deletes products in the store", total=None)

    def say(words: str) -> None:
        bars.update(task, description=words)

    links = _linked(demo)
    _damage(demo, drift, links)
    if demo.given.pos.vendor:
        say("a poll finds what nobody told of, and push sends it")
        until_seen(demo.target, demo.store, poked=demo.given.pos.poked)
        until_quiet(demo.target, demo.store)
    account = demo.account
    owned = snapshot_owned(StoreSide(account.api_url, account.store_hash, demo.token))
    runs = runs_of(demo.target)
    say("reconcile, dry run: find what differs")
    drift.dry = ask_for_run(demo.target, demo.store, {"full": True, "dry_run": True})
    drift.findings = list(runs.findings(demo.store, drift.dry))
    say("reconcile: the first run waits for approval")
    waits = ask_for_run(demo.target, demo.store, {"full": True})
    say("a person approves; push repairs")
    drift.repair = ask_for_run(demo.target, demo.store, {"approve": waits.id})
    until_quiet(demo.target, demo.store)
    time.sleep(STOCK_SHOWS_S)  # - the store shows stock late, as BigCommerce does
    say("reconcile once more: nothing may differ now")
    drift.last = ask_for_run(demo.target, demo.store, {"full": True, "dry_run": True})
    say("comparing both sides again")
    drift.verdict = compare_sides(demo.target, demo.store, owned)
    drift.broken = _broken_promises(demo, drift, links, waits)
    bars.update(task, description="drift", total=1, completed=1)


def _linked(demo: Demo) -> dict[str, Link]:
    live = {each["id"] for each in pos_products(demo.target, demo.store)}
    return {
        str(product): link
        for product, link in every_link(demo.target, demo.store).items()
        if link.status is LinkStatus.LINKED and product in live
    }


def _damage(demo: Demo, drift: Drift, links: dict[str, Link]) -> None:
    account, cloud = demo.account, demo.world.pos.cloud
    vandal = Vandal(account.api_url, account.store_hash, demo.token, demo.seed, new_http_session())
    products = sorted(links)
    share = [
        max(least, len(products) * percent // 100)
        for percent, least in ((EDITED_PERCENT, 3), (DELETED_PERCENT, 1), (LOST_PERCENT, 2))
    ]
    edited, deleted, lost = _shares(products, share)
    vandal.edit([_number(links[product]) for product in edited], drift.damage)
    vandal.delete([_number(links[product]) for product in deleted], drift.damage)
    for place, product in enumerate(lost):
        # `load` publishes no event: for Tillbridge, this product's event is lost.
        shop_id, _ = demo.world.pos.shop_unit(product, None)
        before = cloud.catalogue.get(shop_id)
        if place % 2 and before.stock and not before.variants:
            count = before.stock[0].on_hand + 7
            change = ProductInput(id=shop_id, stock={MAIN_OUTLET: count})
        else:
            change = ProductInput(id=shop_id, price=before.price + 1)
        cloud.load([change])
        drift.lost.add(product)
    time.sleep(STOCK_SHOWS_S)  # - the store shows stock late, as BigCommerce does


def _shares(products: list[str], counts: list[int]) -> list[list[str]]:
    """Return disjoint shares, spread over the list so that each has products of every kind."""
    step = max(1, len(products) // sum(counts))
    chosen = products[::step]
    shares, start = [], 0
    for count in counts:
        shares.append(chosen[start : start + count])
        start += count
    return shares


def _number(link: Link) -> int:
    assert link.id is not None
    return int(link.id)


def _broken_promises(demo: Demo, drift: Drift, links: dict[str, Link], waits: Run) -> list[str]:
    assert drift.dry is not None
    assert drift.repair is not None
    assert drift.last is not None
    assert drift.verdict is not None
    said = {each.product: each for each in drift.findings if each.drift}
    edits = {
        (e.number, _edited(d.field)) for e in said.values() for d in e.differences if _is_edit(e)
    }
    gone = {each.number for each in said.values() if each.code is Code.GONE_ONLINE}
    missed = {each.product for each in said.values() if each.code is Code.MISSED}
    now = every_link(demo.target, demo.store)
    deleted = [link for link in links.values() if link.id in drift.damage.deleted]
    verdict = drift.verdict
    # What no event told of is found by the next poll of a POS that is polled: nothing of it is left to reconcile.
    silent = set() if demo.given.pos.vendor else drift.lost
    checks = {
        "The dry run lists every POS-owned edit, field by field": edits == drift.damage.edits,
        "The dry run lists every deletion": gone == drift.damage.deleted,
        "The dry run lists every change that nobody told of": missed == silent,
        "The dry run lists nothing else": len(said)
        == len({n for n, _ in drift.damage.edits}) + len(gone) + len(missed),
        "The first run repairs nothing by itself": waits.result is Result.WAITING
        and not waits.repaired,
        "Every POS-owned field is restored": not verdict.mismatches,
        "BigCommerce-owned edits stay": not verdict.bigcommerce_owned_touched,
        "Nothing was created twice": not verdict.duplicates,
        "The links of deleted products are broken": all(
            now[link.product].status is LinkStatus.BROKEN for link in deleted
        ),
        "Afterwards nothing differs": drift.last.drift == 0,
        "BigCommerce throttled no call of reconcile (429)": not any(
            run.throttled for run in (drift.dry, waits, drift.repair, drift.last)
        ),
    }
    return [words for words, kept in checks.items() if not kept]


def _edited(field: str) -> str:
    # A level below 0 in the POS is told apart; what was edited online is the stock all the same.
    return "stock" if field == "stock_negative" else field


def _is_edit(finding: Finding) -> bool:
    return finding.code in (Code.FIELD, Code.STOCK, Code.STRUCTURE)


def show_drift(drift: Drift) -> None:
    """Print the damage, what reconcile found, and whether every promise held."""
    rows = [
        ("POS-owned values edited online", len(drift.damage.edits)),
        ("BigCommerce-owned values edited", drift.damage.web_edits),
        ("products deleted online", len(drift.damage.deleted)),
        ("changes in the POS whose event was lost", len(drift.lost)),
        ("products the dry run reports", sum(each.drift for each in drift.findings)),
        ("products pushed again", drift.repair.repaired if drift.repair else 0),
        ("products that differ afterwards", drift.last.drift if drift.last else "?"),
    ]
    console.print()
    console.print(table("Drift", ("", ""), [(words, str(count)) for words, count in rows]))
    if drift.dry is not None:
        show_run(drift.dry, drift.findings)
    if drift.verdict is not None and not drift.verdict.ok:
        print_report(drift.verdict)
    say_promises(drift.broken, "Exactly the damage was found, and it was repaired.")
