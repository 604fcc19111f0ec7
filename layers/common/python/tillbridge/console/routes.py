"""The table of the pages: address, right and what answers."""

from tillbridge.console.pages import jobs, letters, link, lists, orders, plan, stores
from tillbridge.console.visit import Route
from tillbridge.domain.people import Right

ROUTES: tuple[Route, ...] = (
    Route("GET", "/", None, stores.home),
    Route("GET", "/stores", None, stores.stores),
    Route("GET", "/keys", None, stores.keys),
    Route("GET", "/stores/{store}", Right.SEE, stores.store),
    Route("GET", "/stores/{store}/problems", Right.SEE, stores.soon),
    Route("GET", "/stores/{store}/orders", Right.SEE, orders.orders),
    Route("POST", "/stores/{store}/orders/take", Right.ACT, orders.take),
    Route("GET", "/stores/{store}/orders/{number}", Right.SEE, orders.order),
    Route("POST", "/stores/{store}/orders/{number}/retry", Right.ACT, orders.retry),
    Route("GET", "/stores/{store}/oversold", Right.SEE, orders.oversold_page),
    Route("GET", "/stores/{store}/runs", Right.SEE, stores.soon),
    Route("GET", "/stores/{store}/settings", Right.SEE, stores.soon),
    Route("GET", "/stores/{store}/letters", Right.READ_LETTERS, letters.show),
    Route("POST", "/stores/{store}/letters/look", Right.READ_LETTERS, letters.look_again),
    Route("POST", "/stores/{store}/letters/again", Right.DECIDE, letters.again),
    Route("POST", "/stores/{store}/letters/discard", Right.DECIDE, letters.discard),
    Route("GET", "/letters", None, letters.of_no_store(letters.show)),
    Route("POST", "/letters/look", None, letters.of_no_store(letters.look_again)),
    Route("POST", "/letters/again", None, letters.of_no_store(letters.again)),
    Route("POST", "/letters/discard", None, letters.of_no_store(letters.discard)),
    Route("GET", "/stores/{store}/pos", Right.SEE, lists.pos_view),
    Route("GET", "/stores/{store}/web", Right.SEE, lists.web_view),
    Route("GET", "/stores/{store}/rows", Right.SEE, lists.rows),
    Route("POST", "/stores/{store}/compare", Right.ACT, lists.compare),
    Route("GET", "/stores/{store}/link", Right.ACT, link.choose),
    Route("POST", "/stores/{store}/plans", Right.ACT, plan.make),
    Route("GET", "/stores/{store}/plans/{plan}", Right.SEE, plan.show),
    Route("POST", "/stores/{store}/jobs", Right.ACT, plan.carry_out),
    Route("GET", "/stores/{store}/jobs", Right.SEE, jobs.jobs),
    Route("GET", "/stores/{store}/jobs/{job}", Right.SEE, jobs.job),
    Route("GET", "/stores/{store}/jobs/{job}/progress", Right.SEE, jobs.progress_now),
)
