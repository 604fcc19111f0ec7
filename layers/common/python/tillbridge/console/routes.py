"""The table of the pages: address, right and what answers."""

from collections.abc import Callable
from importlib import import_module

from tillbridge.console.visit import Answer, Route, Visit
from tillbridge.domain.people import Right
from tillbridge.usecases.console.deps import ConsoleDeps


def _by(name: str) -> Callable[[Visit, ConsoleDeps], Answer]:
    """Return what answers by `module.function` of the pages. The module is loaded when it first answers: a start
    that loaded all pages took twice as long, and most starts show one."""
    module, function = name.split(".")

    def answer(visit: Visit, deps: ConsoleDeps) -> Answer:
        page = import_module(f"tillbridge.console.pages.{module}")
        answered: Answer = getattr(page, function)(visit, deps)
        return answered

    answer.__qualname__ = name
    return answer


ROUTES: tuple[Route, ...] = (
    Route("GET", "/", None, _by("stores.home")),
    Route("GET", "/stores", None, _by("stores.stores")),
    Route("GET", "/keys", None, _by("stores.keys")),
    Route("GET", "/stores/connect", Right.CONFIGURE, _by("connect.show")),
    Route("POST", "/stores/connect", Right.CONFIGURE, _by("connect.connect")),
    Route("GET", "/stores/{store}", Right.SEE, _by("overview.overview")),
    Route("GET", "/stores/{store}/problems", Right.SEE, _by("problems.problems")),
    Route("GET", "/stores/{store}/first-day", Right.SEE, _by("first_day.show")),
    Route("GET", "/stores/{store}/first-day/links/{run}", Right.SEE, _by("first_day.links")),
    Route("POST", "/stores/{store}/first-day/links/{run}", Right.ACT, _by("first_day.plan_all")),
    Route("POST", "/stores/{store}/first-day/over", Right.CONFIGURE, _by("first_day.over")),
    Route("GET", "/stores/{store}/settings", Right.SEE, _by("settings.settings")),
    Route("POST", "/stores/{store}/settings", Right.CONFIGURE, _by("settings.save")),
    Route("GET", "/stores/{store}/settings/change", Right.CONFIGURE, _by("settings.change")),
    Route("GET", "/stores/{store}/pause", Right.SEE, _by("pausing.show")),
    Route("POST", "/stores/{store}/pause", Right.CONFIGURE, _by("pausing.pause")),
    Route("POST", "/stores/{store}/resume", Right.CONFIGURE, _by("pausing.resume")),
    Route("GET", "/stores/{store}/token", Right.CONFIGURE, _by("token.show")),
    Route("POST", "/stores/{store}/token", Right.CONFIGURE, _by("token.replace")),
    Route("GET", "/stores/{store}/remove", Right.CONFIGURE, _by("remove.show")),
    Route("POST", "/stores/{store}/remove", Right.CONFIGURE, _by("remove.remove")),
    Route("GET", "/stores/{store}/orders", Right.SEE, _by("orders.orders")),
    Route("POST", "/stores/{store}/orders/take", Right.ACT, _by("orders.take")),
    Route("GET", "/stores/{store}/orders/{number}", Right.SEE, _by("orders.order")),
    Route("POST", "/stores/{store}/orders/{number}/retry", Right.ACT, _by("orders.retry")),
    Route("POST", "/stores/{store}/orders/{number}/ack", Right.ACT, _by("orders.acknowledge")),
    Route("GET", "/stores/{store}/oversold", Right.SEE, _by("orders.oversold_page")),
    Route("GET", "/stores/{store}/letters", Right.READ_LETTERS, _by("letters.show")),
    Route("POST", "/stores/{store}/letters/look", Right.READ_LETTERS, _by("letters.look_again")),
    Route("POST", "/stores/{store}/letters/again", Right.DECIDE, _by("letters.again")),
    Route("POST", "/stores/{store}/letters/discard", Right.DECIDE, _by("letters.discard")),
    Route("GET", "/letters", None, _by("letters.show_of_no_store")),
    Route("POST", "/letters/look", None, _by("letters.look_again_of_no_store")),
    Route("POST", "/letters/again", None, _by("letters.again_of_no_store")),
    Route("POST", "/letters/discard", None, _by("letters.discard_of_no_store")),
    Route("GET", "/stores/{store}/runs", Right.SEE, _by("runs.runs")),
    Route("GET", "/stores/{store}/runs/{run}", Right.SEE, _by("runs.run")),
    Route("POST", "/stores/{store}/runs/{run}/repair", Right.DECIDE, _by("runs.repair")),
    Route("GET", "/stores/{store}/accept", Right.DECIDE, _by("runs.choose")),
    Route("POST", "/stores/{store}/accept", Right.DECIDE, _by("runs.accept")),
    Route("GET", "/stores/{store}/pos", Right.SEE, _by("lists.pos_view")),
    Route("GET", "/stores/{store}/web", Right.SEE, _by("lists.web_view")),
    Route("GET", "/stores/{store}/products/{product}", Right.SEE, _by("product.product")),
    Route("GET", "/stores/{store}/web/{number}", Right.SEE, _by("product.web_product")),
    Route("GET", "/stores/{store}/rows", Right.SEE, _by("lists.rows")),
    Route("POST", "/stores/{store}/compare", Right.ACT, _by("lists.compare")),
    Route("GET", "/stores/{store}/link", Right.ACT, _by("link.choose")),
    Route("GET", "/stores/{store}/undo", Right.ACT, _by("undo.choose")),
    Route("POST", "/stores/{store}/plans", Right.ACT, _by("plan.make")),
    Route("GET", "/stores/{store}/plans/{plan}", Right.SEE, _by("plan.show")),
    Route("GET", "/stores/{store}/plans/{plan}/items", Right.SEE, _by("plan.items")),
    Route("GET", "/stores/{store}/plans/{plan}/exact", Right.SEE, _by("plan.exact_now")),
    Route("POST", "/stores/{store}/plans/{plan}/exact", Right.ACT, _by("plan.ask_exact")),
    Route("POST", "/stores/{store}/jobs", Right.ACT, _by("plan.carry_out")),
    Route("GET", "/stores/{store}/jobs", Right.SEE, _by("jobs.jobs")),
    Route("GET", "/stores/{store}/jobs/{job}", Right.SEE, _by("jobs.job")),
    Route("GET", "/stores/{store}/jobs/{job}/progress", Right.SEE, _by("jobs.progress_now")),
)
