"""What is wrong in a store, by whose turn it is."""

from tillbridge.console import store_words
from tillbridge.console.pages.answers import asked
from tillbridge.console.pages.lists import LONGEST_CAUSE
from tillbridge.console.render import page
from tillbridge.console.visit import Answer, Visit
from tillbridge.console.words import MAY_LOOK, products
from tillbridge.domain.causes import Whose
from tillbridge.domain.people import Right
from tillbridge.usecases.console import problems as use_case
from tillbridge.usecases.console.deps import ConsoleDeps


def problems(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show what is wrong, or of one cause alone what the address names."""
    cause = asked(visit, "cause")[:LONGEST_CAUSE]
    found = use_case.problems(deps, visit.store, cause)
    connection = found.figures.connection
    return Answer(
        page(
            "problems.html",
            visit,
            tab="problems",
            connection=connection,
            found=found,
            cause=cause,
            parts=[(whose, *store_words.WHOSE[whose], found.of(whose)) for whose in Whose],
            whose=Whose,
            held_ms=_held_ms(found),
            sold_twice=list(
                dict.fromkeys(each.name or each.holder.product for each in found.oversold or ())
            ),
            title_of=store_words.title_of,
            remedy_of=store_words.remedy_of,
            actions_of=store_words.actions_of,
            lane_title=store_words.lane_title,
            looked_at=store_words.looked_at,
            sweep_stands=store_words.sweep_stands(found.swept_ms, visit.now_ms),
            may_look=MAY_LOOK,
            products=products,
            may_read_letters=visit.person.may(Right.READ_LETTERS, visit.store),
        )
    )


def _held_ms(found: use_case.Problems) -> int:
    """Return when calls go out again after failures (epoch ms); 0 where none are held."""
    connection = found.figures.connection
    if connection is None or not connection.failures:
        return 0
    return connection.not_before_ms if connection.not_before_ms > found.now_ms else 0
