"""A world of pushes in which people ask for links, and what they find online."""

from decimal import Decimal
from itertools import count
from typing import Any

from tests.builders import LANTERN, STORE
from tests.world import World
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link_requests import LinkAnswer, LinkEvent, LinkRequestKind, UndoOf
from tillbridge.domain.product import Product


class LinkingWorld(World):
    """The world of pushes, in which people also ask for links."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._asked = 0

    def people_ask(self, kind: LinkRequestKind, *pairs: tuple[str, int | None]) -> list[LinkAnswer]:
        """Ask, let the store's drain answer and push, and return the answers."""
        self._asked += 1
        request = f"request-{self._asked}"
        products = tuple(
            (PosProductId(p), None if w is None else StoreProductId(w)) for p, w in pairs
        )
        self.link_requests.put(
            LinkEvent(request, STORE, kind, products, by="mina").requests(count())
        )
        self.push_until_quiet()
        return self.link_requests.answers_to(request)

    def link_by_hand(self, product: str, web: int | None = None) -> LinkAnswer:
        """Do what `tillbridge link` does."""
        (answer,) = self.people_ask(LinkRequestKind.LINK, (product, web))
        return answer


JOB = "the-job-of-the-push"


class PushedByHand(LinkingWorld):
    """A world in which somebody pushes, and takes it back."""

    def online(self, product: str = LANTERN) -> Any:
        number = self.link(product).id
        assert number is not None
        return self.web[number]

    def price(self, product: str = LANTERN) -> Any:
        return self.online(product).fields["price"]

    def push_by_hand(self, *products: Product, job: str = JOB) -> None:
        self.ask(*products, job=job)
        self.push_until_quiet()

    def undo(
        self,
        product: str = LANTERN,
        *fields: str,
        job: str = JOB,
        web: int | None = None,
        hides: bool = False,
    ) -> LinkAnswer:
        self._asked += 1
        request = f"undo-{self._asked}"
        number = None if web is None else StoreProductId(web)
        event = LinkEvent(
            request,
            STORE,
            LinkRequestKind.UNDO,
            ((PosProductId(product), number),),
            by="mina",
            job=request,
            undoes=UndoOf(job, fields, hides),
        )
        self.link_requests.put(event.requests(count()))
        self.push_until_quiet()
        (answer,) = self.link_requests.answers_to(request)
        return answer

    def outcome(self) -> ProductLine:
        return [line for line in self.history.lines if line.outcome][-1]


def a_shown(world: LinkingWorld, **fields: Any) -> int:
    """Put the lantern online as BigCommerce's people made it, and return its id."""
    given = {"description": "<b>Ours</b>", "price": Decimal(55), "brand_name": "House"} | fields
    return world.web.seed("Lantern (web)", "WEB-LANTERN", **given).id
