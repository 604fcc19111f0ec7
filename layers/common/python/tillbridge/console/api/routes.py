"""Every route of the API with the right that it needs: what has no row here is not served."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tillbridge.console.api import (
    connect,
    jobs,
    letters,
    lists,
    orders,
    plans,
    products,
    runs,
    settings,
    stores,
    stories,
)
from tillbridge.console.api.models import taken as taken_models
from tillbridge.console.claims import STORE
from tillbridge.console.dispatch import PATTERNS as OF_PAGES
from tillbridge.domain.people import Right

BEGIN = "/api/v1"
PATTERNS = {
    "store": STORE,
    "plan": taken_models.ID,
    "job": taken_models.ID,
    "cause": taken_models.CAUSE,
    "run": taken_models.ID,
} | {name: OF_PAGES[name] for name in ("product", "number")}


@dataclass(frozen=True)
class ApiRoute:
    """A route: its method, its path below BEGIN with `{store}` and other values, the right that it needs in
    that store (None: only to be known), what answers, and the status of an answer."""

    method: str
    path: str
    right: Right | None
    handler: Callable[..., Any]
    name: str
    status: int = 200

    @property
    def rule(self) -> str:
        """Return the path as the resolver writes it."""
        return BEGIN + re.sub(r"{(\w+)}", r"<\1>", self.path)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        known = re.sub(r"{(\w+)}", lambda of: f"(?P<{of[1]}>{PATTERNS[of[1]]})", self.path)
        return re.compile(BEGIN + known)

    def values_in(self, path: str) -> Mapping[str, str] | None:
        """Return the values that a path of this route has; None for a path of another."""
        found = self._pattern.fullmatch(path)
        return found and found.groupdict()


_STORE = "/stores/{store}"
_PRODUCT = f"{_STORE}/products/{{product}}"
API_ROUTES = (
    ApiRoute("GET", "/me", None, lists.me, "me"),
    ApiRoute("GET", "/stores", None, stores.listed, "listStores"),
    ApiRoute("POST", "/stores", Right.CONFIGURE, connect.connect, "connectStore", 201),
    ApiRoute("GET", _STORE, Right.SEE, stores.one, "getStore"),
    ApiRoute("GET", f"{_STORE}/problems", Right.SEE, stores.wrong, "listProblems"),
    ApiRoute("GET", f"{_STORE}/problems/{{cause}}", Right.SEE, stores.wrong_by, "getProblem"),
    ApiRoute("GET", f"{_STORE}/pos", Right.SEE, lists.pos, "listPosProducts"),
    ApiRoute("GET", f"{_STORE}/web", Right.SEE, lists.web, "listWebProducts"),
    ApiRoute("GET", f"{_STORE}/products/{{product}}", Right.SEE, products.one, "getPosProduct"),
    ApiRoute("GET", f"{_STORE}/web/{{number}}", Right.SEE, products.one_of_web, "getWebProduct"),
    ApiRoute("GET", f"{_PRODUCT}/history", Right.SEE, stories.history, "listHistoryOfPosProduct"),
    ApiRoute("GET", f"{_PRODUCT}/why", Right.SEE, stories.why, "why"),
    ApiRoute(
        "GET",
        f"{_STORE}/web/{{number}}/history",
        Right.SEE,
        stories.web_history,
        "listHistoryOfWebProduct",
    ),
    ApiRoute("POST", f"{_STORE}/plans", Right.SEE, plans.make, "makePlan", 201),
    ApiRoute("GET", f"{_STORE}/plans/{{plan}}", Right.SEE, plans.one, "getPlan"),
    ApiRoute(
        "POST", f"{_STORE}/plans/{{plan}}/exact", Right.ACT, plans.compare, "comparePlan", 202
    ),
    ApiRoute("GET", f"{_STORE}/plans/{{plan}}/items", Right.SEE, plans.items, "listPlanItems"),
    ApiRoute("GET", f"{_STORE}/runs", Right.SEE, runs.newest, "listRuns"),
    ApiRoute("GET", f"{_STORE}/runs/{{run}}/findings", Right.SEE, runs.findings, "listFindings"),
    ApiRoute("POST", f"{_STORE}/runs/{{run}}/repair", Right.DECIDE, runs.repair, "repairRun", 202),
    ApiRoute("POST", f"{_STORE}/accept", Right.DECIDE, runs.accept, "acceptDrift"),
    ApiRoute("POST", f"{_STORE}/jobs", Right.ACT, jobs.begin, "beginJob", 202),
    ApiRoute("GET", f"{_STORE}/jobs", Right.SEE, jobs.newest, "listJobs"),
    ApiRoute("GET", f"{_STORE}/jobs/{{job}}", Right.SEE, jobs.one, "getJob"),
    ApiRoute("GET", f"{_STORE}/orders", Right.SEE, orders.many, "listWebOrders"),
    ApiRoute("GET", f"{_STORE}/orders/{{number}}", Right.SEE, orders.one, "getWebOrder"),
    ApiRoute("GET", f"{_STORE}/letters", Right.READ_LETTERS, letters.look, "readDeadLetters"),
    ApiRoute("POST", f"{_STORE}/letters/look", Right.READ_LETTERS, letters.let_go, "letGo"),
    ApiRoute("POST", f"{_STORE}/letters/again", Right.DECIDE, letters.again, "sendAgain"),
    ApiRoute("POST", f"{_STORE}/letters/discard", Right.DECIDE, letters.discard, "discard"),
    ApiRoute("POST", f"{_STORE}/compare", Right.ACT, jobs.compare, "compare", 202),
    ApiRoute("GET", f"{_STORE}/settings", Right.SEE, settings.show, "getSettings"),
    ApiRoute("PATCH", f"{_STORE}/settings", Right.CONFIGURE, settings.change, "changeSettings"),
    ApiRoute("POST", f"{_STORE}/pause", Right.CONFIGURE, settings.pause, "pauseStore"),
    ApiRoute("POST", f"{_STORE}/resume", Right.CONFIGURE, settings.resume, "resumeStore"),
    ApiRoute("POST", f"{_STORE}/token", Right.CONFIGURE, settings.token, "replaceToken"),
)
