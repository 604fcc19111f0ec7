"""The stores that a caller may see, how each is, and what is wrong in it."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from tillbridge.console.api import shown, shown_stores
from tillbridge.console.api.call import the_call
from tillbridge.console.api.lists import Limit, StoreInPath
from tillbridge.console.api.models import stores as store_models
from tillbridge.console.api.models import taken as taken_models
from tillbridge.console.claims import STORE
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.console import overview, problems

CauseInPath = Annotated[str, Path(pattern=f"^{taken_models.CAUSE}$")]


def listed(
    after: Annotated[str, Query(pattern=f"^({STORE})?$")] = "", limit: Limit = 50
) -> store_models.Stores:
    """List the stores that you may see, by id, and how each is."""
    call = the_call()
    roles = {store: call.person.role_in(store) for store in call.deps.stores.all()}
    seen = [store for store, role in roles.items() if role is not None and store > after]
    page = overview.cards(call.deps, seen[:limit])
    data = [
        shown_stores.card(each, role) for each in page if (role := roles[each.store]) is not None
    ]
    now = shown.when(call.deps.clock.now_ms())
    return store_models.Stores(data=data, after=data[-1].id if len(seen) > limit else "", as_of=now)


def one(store: StoreInPath) -> store_models.Overview:
    """Tell how a store is: how fresh the web, what waits, what was found and what failed."""
    return shown_stores.overview(overview.overview(the_call().deps, StoreId(store)))


def wrong(store: StoreInPath) -> store_models.Problems:
    """Tell what is wrong in a store, cause by cause."""
    return shown_stores.problems(problems.problems(the_call().deps, StoreId(store)))


def wrong_by(store: StoreInPath, cause: CauseInPath) -> store_models.Problems:
    """Tell which products one cause holds back: no group where none does."""
    return shown_stores.problems(problems.problems(the_call().deps, StoreId(store), cause))
