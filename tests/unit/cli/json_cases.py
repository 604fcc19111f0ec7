"""A call of each command with `--json`, and what it works with: a deployment in memory, and answers instead of
waiting for functions."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from cli.asking.imports import ImportRun
from cli.asking.replay import Replay
from cli.check_pos.lightspeed.client import Made as ProbeMade
from cli.check_pos.lightspeed.run import PROBES
from cli.check_pos.lightspeed.run import Found as Probed
from cli.check_pos.lightspeed.run import Report as ProbeReport
from cli.check_pos.run import Finding as PosFinding
from cli.check_pos.run import Report as PosReport
from cli.check_store.check import Check, Said, Verdict
from cli.check_store.run import Finding as StoreFinding
from cli.check_store.run import Report as StoreReport
from cli.commands.sam_env import EVERYWHERE
from cli.deployment.safety import WouldKeep
from cli.pos.outlets import judged
from cli.pos.standing import Standing
from cli.sides.import_plan import TO_BE_IMPORTED, Planned
from cli.sides.link_file import Row, Unusable
from cli.sides.link_plan import LinkPlan
from cli.sides.link_suggestions import Suggestions
from cli.sides.views import Page, row_of
from sandbox.bigcommerce.server.server import Address
from tests.builders import LANTERN, STORE, a_connection, a_link, a_product
from tests.fakes.links import FakeLinks
from tests.fakes.pos_accounts import FakePosAccounts
from tests.fakes.removals import FakeRemovals
from tests.fakes.signals import FakeSignals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.unit.cli.test_jobs import ENDED, GOING
from tests.unit.cli.test_watching import AT, a_call, for_
from tillbridge.adapters.pos_mirror.counted import MirrorCount
from tillbridge.domain.connection import Settings
from tillbridge.domain.findings import Code, Difference, Finding
from tillbridge.domain.history.call_line import CallLine, ToldCall
from tillbridge.domain.hooks.care import HookPlan
from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreProductId
from tillbridge.domain.link_candidates import Candidate, Evidence, Matches, Unsure
from tillbridge.domain.link_requests import LinkAnswer
from tillbridge.domain.lost_links import Rebuild
from tillbridge.domain.polling import PollState, Walk
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.removal import Removal
from tillbridge.domain.run import Result, Run, Stage
from tillbridge.domain.scopes import ScopeRead
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.domain.web_orders.switching import Outlet
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.imports import Outcome
from tillbridge.ports.pos_source import Outlet as PosOutlet
from tillbridge.ports.pos_source import PosFacts
from tillbridge.usecases.connect_pos import ConnectedPos
from tillbridge.usecases.console.list_products import Shown
from tillbridge.usecases.keep_hooks import HookCheck
from tillbridge.usecases.remove_store import RemovedNow

ODD = "Mug\x1b[2J\t“ü”\n[red]"
"""A name that must go out as it came in."""

WEB = WebProduct(StoreProductId(812), ODD)
POS = a_product(name=ODD)
RUN = Run("r-1", 1_000, stage=Stage.ENDED, ended_ms=2_000, result=Result.REPAIRED)
FOUND = Finding(Code.FIELD, "p-1", 12, ODD, (Difference("price", "1", "2"),))
LINE = CallLine(AT, "t", AT, AT, (ToldCall(a_call(422, ODD), for_("p-1")),))
SCOPES = (ScopeRead("Products", ok=True, words=ODD),)
PRODUCT = {"id": "p-1", "name": ODD, "variants": []}
FACTS = StoreFacts(name=ODD)


class Case(NamedTuple):
    """A call, what is put in the place of what, and the exit status it ends with."""

    words: Sequence[str]
    instead: Mapping[str, Any] = {}
    status: int = 0

    @property
    def name(self) -> str:
        """The words of the call."""
        return " ".join(self.words)


def gives(value: object) -> Callable[..., Any]:
    """Return a function that returns this, whatever it is asked."""
    return lambda *_, **__: value


def target() -> Any:
    """Return a deployment of one store, with a linked product."""
    links = FakeLinks()
    links.linked(STORE, a_link(LANTERN))
    stores = FakeStores([a_connection()])
    return SimpleNamespace(
        links=links,
        stores=stores,
        removals=FakeRemovals(stores),
        store_list=FakeStoreList(stores),
        signals=FakeSignals(),
        outputs={"bus_name": "tb", "intake_function_name": "tb-intake"},
        endpoint_url="http://aws",
    )


def _once(_: object, __: object) -> Any:
    def look() -> Iterator[object]:
        yield STORE, LINE
        raise KeyboardInterrupt

    return SimpleNamespace(look=look)


PUSH = {
    "cli.deployment.links.every_link": gives({}),
    "cli.sides.pos_products.pos_products": gives([PRODUCT, {**PRODUCT, "id": LANTERN}]),
    "cli.sides.plausible.about_push": gives("All prices are 0."),
    "cli.screen.waiting.push_and_wait": gives(3),
    "cli.deployment.failed.failed_products": gives(["p-1"]),
}
ANSWERS = [LinkAnswer(PosProductId("p-1"), StoreProductId(812), False, ODD)]
LINKS = {
    "cli.screen.waiting.ask_links": gives(ANSWERS),
    "cli.screen.waiting.until_quiet": gives(None),
    "cli.deployment.undo.newest_jobs": gives({"job-1": ["p-1"]}),
    "cli.sides.link_suggestions.suggestions": gives(
        Suggestions(
            Matches(
                [Candidate(POS, WEB, Evidence.SKU, ("A",))],
                [Unsure((POS,), (WEB,), Evidence.NAME, ODD)],
            ),
            Counter({("name", False): 1}),
        )
    ),
}
PLANNED = Planned(812, ODD, "A", "Mugs", "imported", TO_BE_IMPORTED, WEB)
OUTCOMES = (
    Outcome(StoreProductId(812), "imported", product="p-9", name=ODD, held=(ODD,)),
    Outcome(StoreProductId(0), "failed", ODD),
)
IMPORT = {
    "cli.sides.import_plan.import_plan": gives([PLANNED]),
    "cli.asking.imports.run_import": gives(ImportRun("q-1", OUTCOMES)),
}
RUNS = {
    "cli.asking.runs.ask_for_run": gives(RUN),
    "cli.deployment.runs.the_run": gives(RUN),
    "cli.deployment.runs.runs_of": gives(
        SimpleNamespace(findings=gives([FOUND]), recent=gives([RUN]))
    ),
    "cli.asking.accepting.AcceptPorts": gives(None),
    "tillbridge.usecases.console.accept_drift.drift_of": gives([]),
    "tillbridge.usecases.console.accept_drift.accept_drift": gives(FOUND.differences),
    "cli.asking.replay.replay": gives(Replay("n-1", "COMPLETED")),
    "cli.deployment.jobs.job_tables": gives(None),
    "tillbridge.usecases.console.follow_job.newest_jobs": gives([GOING, ENDED]),
    "tillbridge.usecases.console.follow_job.follow_job": gives(ENDED),
}
SHELF = Page(
    [
        row_of(Shown(ViewRow("pos", "p-1", ODD, state=RowState.FAILED, words=ODD))),
        row_of(Shown(ViewRow("web", "812", ODD, state=RowState.LINKED, other="p-1"))),
    ],
    "p-1",
)
STORES = {
    "cli.sides.views.page": gives(SHELF),
    "cli.deployment.canary.canary_on": gives(812),
    "cli.deployment.canary.canary_off": gives(True),
    "cli.deployment.safety.would_keep": gives([WouldKeep("A", ODD, 0, 3)]),
    "cli.screen.hook_report.found_hooks": gives(HookPlan()),
    "cli.screen.hook_report.check_hooks": gives(HookCheck(HookPlan(), [ODD])),
    "cli.deployment.both_sides.store_scopes": gives(None),
    "cli.deployment.secrets.token_box": gives(None),
    "tillbridge.usecases.rotate_token.rotate_token": gives(SCOPES),
    "cli.deployment.both_sides.ask_store": gives(FACTS),
    "cli.deployment.pos_side.told_pos": gives(None),
    "cli.deployment.connect.connect": gives(
        SimpleNamespace(connection=a_connection(), facts=FACTS)
    ),
    "cli.commands.store.add.remember_account": gives(None),
    "cli.deployment.secrets.store_token": gives("t"),
    "cli.deployment.home.read_token": gives("t"),
    "cli.deployment.accounts.read_token": gives("t"),
    "cli.check_store.run.check_store": gives(
        StoreReport(
            STORE, 1, (StoreFinding(Check("n", ODD, gives(None)), Said(Verdict.MEND, ODD)),)
        )
    ),
    "cli.check_pos.run.check_pos": gives(
        PosReport("http://pos", (PosFinding(ODD, "missing", needed=True, cost=ODD),))
    ),
}
KEPT = LINKS | {
    "cli.deployment.links.each_link": lambda *_: iter([a_link(LANTERN)]),
    "cli.sides.imported_links.planned": gives(
        LinkPlan(
            to_link=[Row(2, PosProductId("p-1"), StoreProductId(812))],
            gone=[Unusable(3, "product_id", ODD)],
        )
    ),
    "cli.sides.link_rebuild.rebuilt": gives(
        Rebuild(
            1,
            0,
            Matches(
                [Candidate(POS, WEB, Evidence.SKU, ("A",))],
                [Unsure((POS,), (WEB,), Evidence.SKU, ODD)],
            ),
            (ODD,),
            1,
            0,
            0,
        )
    ),
    "tillbridge.usecases.rename_store.rename_store": gives(a_connection(title="Harbour & Sons")),
    "cli.deployment.removing.removable": gives(STORE),
    "cli.deployment.removing.remove_deps": gives(None),
    "cli.screen.removal_report.say_before": gives(None),
    "tillbridge.usecases.remove_store.remove_store": gives(
        RemovedNow(Removal(STORE, 1_000, ODD, a_connection()), True, (ODD,), (ODD,), False, ())
    ),
}
SAM = {
    "cli.sam_local.template.write_template": gives("template.yaml"),
    "cli.sam_local.by_hand.chosen": gives([Path("intake.sale.completed.json")]),
    "cli.sam_local.by_hand.line": gives(ODD),
    "cli.sam_local.sam.host_of_containers": gives("h"),
    "cli.deployment.world.the_world": gives(SimpleNamespace(host=EVERYWHERE)),
}
NO_WORLD = {"cli.deployment.target.find_target": gives(None)}
STORE_SERVER = SimpleNamespace(api_url="http://s", store_hash="h", token="t")
SHOP = SimpleNamespace(
    base_url="http://shop",
    api_token="t",
    account=SimpleNamespace(config=SimpleNamespace(prefix="quay")),
    cloud=SimpleNamespace(load=gives(None)),
)
WORLD = SimpleNamespace(
    aws=SimpleNamespace(endpoint_url="http://aws"),
    pos=SimpleNamespace(base_url="http://pos", token="t", cloud=SimpleNamespace(load=gives(None))),
    door=SimpleNamespace(address="http://door"),
)
LOCAL = {
    "cli.deployment.watching.NewLines": _once,
    "cli.deployment.sign_in.local_token": gives("t"),
    "cli.asking.bus.put": gives(None),
    "sandbox.bigcommerce.server.server.serve_forever": lambda *given: given[-1](
        Address("http://s", "h", "t")
    ),
    "sandbox.lightspeed_x.server.server.serve_forever": lambda *given: given[-1](SHOP),
    "cli.deployment.ports.need_ports": gives(None),
    "cli.deployment.world.own_world": gives(nullcontext(gives(None))),
    "sandbox.bigcommerce.server.server.StoreServer": gives(STORE_SERVER),
    "sandbox.runner.start_world": gives(nullcontext(WORLD)),
    "cli.deployment.local_world.connect_world": gives(SimpleNamespace(outputs={"bus_name": "tb"})),
    "cli.deployment.local_world.until_interrupted": lambda look: look(),
    "cli.commands.up.asdict": gives({}),
}

TOKEN = ("--token-file", "pyproject.toml")
ON_LIGHTSPEED = ("--pos", "lightspeed", "--pos-account", "lightspeed-quay")
QUAY = PosAccount(
    PosAccountKey("lightspeed-quay"),
    "https://quay.example",
    "pos.lightspeed-x",
    kind=PosKind.LIGHTSPEED_X,
    facts={"name": ODD, "tax_in_prices": "no", "missing_scopes": "product:cost:view"},
)
FACTS_OF_POS = PosFacts(ODD, "USD", tax_in_prices=False, registers=2, quota=650)
STATE = PollState(polls=3, polled_ms=9_000, walk=Walk(1, 1_000), trouble="pos_went_back", words=ODD)
VENDORS = {
    "cli.pos.vendors.need_polls": gives(None),
    "cli.deployment.home.read_token": gives("t"),
    "cli.pos.vendors.pos_accounts": gives(FakePosAccounts()),
    "cli.pos.connecting.twins_of": gives(["lightspeed-old"]),
    "cli.pos.connecting.connect": gives(
        ConnectedPos(
            QUAY, FACTS_OF_POS, (PosOutlet("o-1", ODD),), ("webhooks", "odd"), ODD, True, False
        )
    ),
    "cli.deployment.polls.chosen_accounts": gives([QUAY]),
    "cli.pos.standing.standing_of": gives(
        Standing(QUAY, (STORE,), STATE, True, 2, MirrorCount(3, 1), 10_000)
    ),
    "cli.pos.outlets.outlets_of": gives(
        judged(QUAY, [Outlet("o-1", ODD)], {STORE: Settings(outlets=frozenset({"gone"}))})
    ),
    "cli.check_pos.lightspeed.run.check_account": gives(
        ProbeReport(
            "http://pos",
            tuple(Probed(each, "otherwise", ODD) for each in PROBES),
            left=(ProbeMade("/brands", ODD, ""),),
        )
    ),
    "cli.deployment.pos_side.vendors_pos": gives(None),
}
STOPPED = {
    "cli.check_pos.lightspeed.run.check_account": gives(ProbeReport("http://pos", (), stopped=True))
}
SHUT_OUT = {"cli.check_pos.lightspeed.run.check_account": gives(ProbeReport("http://pos", (), ODD))}
ADD = ("store", "add", "shop", "--hash", "h", "--token-file", "pyproject.toml")
CASES = (
    Case(("push", "p-1", LANTERN), PUSH, 1),
    Case(("push", "--not-linked", "--dry-run"), PUSH),
    Case(("retry",), PUSH, 1),
    Case(("retry", "--dry-run"), PUSH),
    Case(("link", "p-1", "812"), LINKS, 1),
    Case(("link", "--suggest"), LINKS),
    Case(("link", "--suggest", "--apply", "--yes"), LINKS, 1),
    Case(("unlink", "p-1"), LINKS, 1),
    Case(("undo", "p-1"), LINKS, 1),
    Case(("import", "--all"), IMPORT, 1),
    Case(("import", "--all", "--dry-run"), IMPORT),
    Case(("reconcile",), RUNS),
    Case(("drift",), RUNS),
    Case(("accept", "p-1"), RUNS),
    Case(("runs",), RUNS),
    Case(("replay", "--since", "2h"), RUNS),
    Case(("jobs",), RUNS),
    Case(("jobs", GOING.job.id), RUNS),
    Case(("list",), STORES),
    Case(("search", "mug"), STORES),
    Case(("canary", "on"), STORES),
    Case(("canary", "off"), STORES),
    Case(("safety",), STORES),
    Case(("hooks",), STORES),
    Case(("hooks", "check"), STORES),
    Case(ADD, STORES),
    Case(ADD, STORES | NO_WORLD),
    Case(("links", "export"), KEPT),
    Case(("links", "import", "links.csv", "--yes"), KEPT, 1),
    Case(("links", "rebuild", "--yes"), KEPT, 1),
    Case(("store", "rename", "shop", "Harbour & Sons"), KEPT),
    Case(("store", "remove", "shop", "--yes", "shop"), KEPT, 1),
    Case(("sam-env", "intake"), LOCAL | SAM),
    Case(("store", "list"), STORES),
    Case(("store", "list"), NO_WORLD),
    Case(("store", "set"), STORES),
    Case(("store", "pause", "--why", ODD), STORES),
    Case(("store", "resume"), STORES),
    Case(("store", "rotate-token", "--token-file", "pyproject.toml"), STORES),
    Case(("check-pos", "https://pos.test"), STORES, 1),
    Case(("check-pos", "lightspeed", "--prefix", "quay", *TOKEN), VENDORS),
    Case(("check-pos", "lightspeed", "--prefix", "quay", *TOKEN), VENDORS | SHUT_OUT, 1),
    Case(("check-pos", "lightspeed", "--prefix", "quay", *TOKEN), VENDORS | STOPPED, 130),
    Case(("pos", "connect", "lightspeed", "--prefix", "quay", *TOKEN), VENDORS),
    Case(("pos", "status"), VENDORS),
    Case(("pos", "outlets"), VENDORS, 1),
    Case(("store", "add", "shop", "--hash", "h", *TOKEN, *ON_LIGHTSPEED), STORES | VENDORS),
    Case(("check-store",), STORES, 1),
    Case(("watch",), LOCAL),
    Case(("up",), LOCAL, 130),
    Case(("sign-in",), LOCAL),
    Case(("put-event", "events/bus/sale.completed.json"), LOCAL),
    Case(("trigger", "sale.completed", "--product", "p-1"), LOCAL),
    Case(("sandbox", "bigcommerce"), LOCAL),
    Case(("sandbox", "lightspeed"), LOCAL),
)
