"""The table of the pages: address, right and what answers."""

from tillbridge.console.pages import jobs, link, lists, plan, runs, stores
from tillbridge.console.visit import Route
from tillbridge.domain.people import Right

ROUTES: tuple[Route, ...] = (
    Route("GET", "/", None, stores.home),
    Route("GET", "/stores", None, stores.stores),
    Route("GET", "/keys", None, stores.keys),
    Route("GET", "/stores/{store}", Right.SEE, stores.store),
    Route("GET", "/stores/{store}/problems", Right.SEE, stores.soon),
    Route("GET", "/stores/{store}/orders", Right.SEE, stores.soon),
    Route("GET", "/stores/{store}/runs", Right.SEE, runs.runs),
    Route("GET", "/stores/{store}/runs/{run}", Right.SEE, runs.run),
    Route("POST", "/stores/{store}/runs/{run}/repair", Right.DECIDE, runs.repair),
    Route("GET", "/stores/{store}/accept", Right.DECIDE, runs.choose),
    Route("POST", "/stores/{store}/accept", Right.DECIDE, runs.accept),
    Route("GET", "/stores/{store}/settings", Right.SEE, stores.soon),
    Route("GET", "/stores/{store}/pos", Right.SEE, lists.pos_view),
    Route("GET", "/stores/{store}/web", Right.SEE, lists.web_view),
    Route("GET", "/stores/{store}/rows", Right.SEE, lists.rows),
    Route("POST", "/stores/{store}/compare", Right.ACT, lists.compare),
    Route("GET", "/stores/{store}/link", Right.ACT, link.choose),
    Route("POST", "/stores/{store}/plans", Right.ACT, plan.make),
    Route("GET", "/stores/{store}/plans/{plan}", Right.SEE, plan.show),
    Route("GET", "/stores/{store}/plans/{plan}/items", Right.SEE, plan.items),
    Route("GET", "/stores/{store}/plans/{plan}/exact", Right.SEE, plan.exact_now),
    Route("POST", "/stores/{store}/plans/{plan}/exact", Right.ACT, plan.ask_exact),
    Route("POST", "/stores/{store}/jobs", Right.ACT, plan.carry_out),
    Route("GET", "/stores/{store}/jobs", Right.SEE, jobs.jobs),
    Route("GET", "/stores/{store}/jobs/{job}", Right.SEE, jobs.job),
    Route("GET", "/stores/{store}/jobs/{job}/progress", Right.SEE, jobs.progress_now),
)
