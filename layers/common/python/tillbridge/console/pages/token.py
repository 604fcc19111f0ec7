"""A new token of BigCommerce for a store. No page, address, log or error shows one."""

from collections.abc import Sequence

from tillbridge.console.pages.answers import filled, see_other
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.scopes import SCOPES, ScopeRead
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.rotate_token import TokenLacks, rotate_token


def show(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Ask for the token."""
    return _page(visit, deps)


def replace(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Try the token and keep it; else say what it lacks. It is not shown again."""
    try:
        rotate_token(deps, visit.store, filled(visit, "access_token"))
    except TokenLacks as why:
        return _page(
            visit,
            deps,
            reads=why.reads,
            wrong="The old token stays: the new one cannot do what is needed.",
        )
    except CannotAsk as why:
        return _page(visit, deps, wrong=str(why))
    return see_other(address(visit.store, "settings", said="token"))


def _page(
    visit: Visit, deps: ConsoleDeps, *, reads: Sequence[ScopeRead] = (), wrong: str = ""
) -> Answer:
    return Answer(
        page(
            "token.html",
            visit,
            tab="settings",
            connection=deps.stores.as_told(visit.store),
            scopes=SCOPES,
            reads=reads,
            wrong=wrong,
        ),
        status=422 if wrong else 200,
    )
