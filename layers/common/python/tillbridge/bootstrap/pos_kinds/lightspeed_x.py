"""Lightspeed Retail (X-Series): polled into a mirror, from which its ports are answered."""

from typing import TYPE_CHECKING

from tillbridge.bootstrap.pos_kinds.mirrored import (
    feed_of_mirror,
    mirrored,
    no_web_orders,
    pos_of_mirror,
)
from tillbridge.bootstrap.pos_openers import Mirroring, Openers, OpenHttp, Reach
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_at_first import PosAtFirst
from tillbridge.ports.pos_catalogue import PosCatalogue

if TYPE_CHECKING:
    import requests

    from tillbridge.ports.pos_access import PosAccess
    from tillbridge.ports.pos_hooks import PosHooks
    from tillbridge.ports.pos_source import PosSource


@mirrored
def _catalogue(reach: Reach, mirroring: Mirroring) -> PosCatalogue:
    from tillbridge.adapters.lightspeed_x.catalogue import catalogue_of
    from tillbridge.adapters.lightspeed_x.reading_back import Mirrored

    account, clock, deadline_ms = reach.account, reach.clock, reach.deadline_ms
    read_back = Mirrored(
        account.key, mirroring.reads(account), mirroring.pokes(), clock, deadline_ms
    )
    return catalogue_of(account, reach.token, reach.http, read_back)


def _at_first(open_http: OpenHttp, clock: Clock) -> PosAtFirst:
    from tillbridge.adapters.lightspeed_x.at_first import LightspeedAtFirst

    return LightspeedAtFirst(open_http, clock)


def _source(reach: Reach) -> "PosSource":
    from tillbridge.adapters.lightspeed_x.source import source_of

    return source_of(reach.account, reach.token, reach.clock, reach.deadline_ms, reach.http)


def _hooks(reach: Reach) -> "PosHooks":
    from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
    from tillbridge.adapters.lightspeed_x.hooks import LightspeedHooks

    address, deadline_ms = reach.account.address, reach.deadline_ms
    return LightspeedHooks(
        LightspeedCalls(address, reach.token, reach.clock, deadline_ms, reach.http)
    )


def _access(http: "requests.Session", clock: Clock) -> "PosAccess":
    from tillbridge.adapters.lightspeed_x.oauth import LightspeedOauth

    return LightspeedOauth(http, clock)


OPENERS = Openers(
    pos=pos_of_mirror,
    feed=feed_of_mirror,
    catalogue=_catalogue,
    web_orders=no_web_orders,
    at_first=_at_first,
    source=_source,
    hooks=_hooks,
    access=_access,
)
