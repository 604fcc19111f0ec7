"""The page on which a person chooses which product of the other side one is linked to."""

from tillbridge.console import words
from tillbridge.console.pages.answers import asked, missing, see_other, way_back
from tillbridge.console.pages.lists import question_of
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.view_rows import POS, WEB, RowState
from tillbridge.usecases.console import list_products
from tillbridge.usecases.console.deps import ConsoleDeps


def choose(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show what may be the same product on the other side; first those that begin with its name's first word."""
    side = WEB if asked(visit, "web") else POS
    product = asked(visit, side)
    row = deps.views.get(visit.store, side, [product]).get(product) if product else None
    if row is None:
        return missing(
            visit,
            "No such product",
            "It may have been deleted since the list was shown.",
            back=way_back(visit) or address(visit.store, side),
            back_words="Back" if way_back(visit) else "Products",
        )
    text = asked(visit, "q") if "q" in visit.query else (row.name.split() or [""])[0]
    question = question_of(text, RowState.NOT_LINKED.value)
    back = way_back(visit)
    other = POS if side == WEB else WEB
    try:
        listed = list_products.list_products(
            deps, visit.store, other, question, after=asked(visit, "after")
        )
    except BadCursor:
        return see_other(address(visit.store, "link", q=question.text, back=back, **{side: row.id}))

    def pair(of_other: str) -> str:
        return f"{of_other}:{row.id}" if side == POS else f"{row.id}:{of_other}"

    return Answer(
        page(
            "link.html",
            visit,
            tab="products",
            connection=listed.connection,
            row=row,
            side=side,
            q=question.text,
            listed=listed,
            pair=pair,
            other_words=words.other_words,
            back=back,
            said=words.SAID.get(asked(visit, "said")),
        )
    )
