"""A world of pushes in which people ask for links, and what they find online."""

from decimal import Decimal
from itertools import count
from typing import Any

from tests.builders import STORE
from tests.world import World
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link_requests import LinkAnswer, LinkEvent, LinkRequestKind


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


def a_shown(world: LinkingWorld, **fields: Any) -> int:
    """Put the lantern online as BigCommerce's people made it, and return its id."""
    given = {"description": "<b>Ours</b>", "price": Decimal(55), "brand_name": "House"} | fields
    return world.web.seed("Lantern (web)", "WEB-LANTERN", **given).id
