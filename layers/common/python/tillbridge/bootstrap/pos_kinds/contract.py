"""A POS that keeps Tillbridge's own contract: it tells of its changes itself, and is asked directly."""

from typing import TYPE_CHECKING

from tillbridge.bootstrap.pos_openers import Openers, OpenHttp, Reach, out_of_reach
from tillbridge.domain.pos_account import PosKind
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_at_first import PosAtFirst
from tillbridge.ports.pos_catalogue import PosCatalogue
from tillbridge.ports.pos_feed import PosFeed
from tillbridge.ports.pos_web_orders import PosWebOrders

if TYPE_CHECKING:
    from tillbridge.adapters.pos_cloud.calls import PosCalls


def _pos(reach: Reach) -> Pos:
    from tillbridge.adapters.pos_cloud.client import PosCloud

    return PosCloud(reach.account.address, reach.token, reach.clock, reach.deadline_ms, reach.http)


def _feed(reach: Reach) -> PosFeed:
    from tillbridge.adapters.pos_cloud.feed import PosCloudFeed

    return PosCloudFeed(
        reach.account.address, reach.token, reach.clock, reach.deadline_ms, reach.http
    )


def _catalogue(reach: Reach) -> PosCatalogue:
    from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue

    return PosCloudCatalogue(_calls(reach))


def _web_orders(reach: Reach) -> PosWebOrders:
    from tillbridge.adapters.pos_cloud.web_orders import PosCloudWebOrders

    return PosCloudWebOrders(_calls(reach))


def _at_first(open_http: OpenHttp, clock: Clock) -> PosAtFirst:
    from tillbridge.adapters.pos_cloud.at_first import PosByContract

    return PosByContract(open_http, clock)


def _calls(reach: Reach) -> "PosCalls":
    from tillbridge.adapters.pos_cloud.calls import PosCalls

    return PosCalls(reach.account.address, reach.token, reach.clock, reach.deadline_ms, reach.http)


OPENERS = Openers(
    pos=_pos,
    feed=_feed,
    catalogue=_catalogue,
    web_orders=_web_orders,
    at_first=_at_first,
    source=out_of_reach(PosKind.CONTRACT),
    hooks=out_of_reach(PosKind.CONTRACT),
    access=out_of_reach(PosKind.CONTRACT),
)
