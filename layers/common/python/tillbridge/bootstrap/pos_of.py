"""The only place that turns the kind of a POS account into adapters; all others know the ports.

What a function loads at its start is the same whichever POS its stores have: a kind's file (pos_kinds/) loads adapters
when a port of that kind is opened for the first time, each port's alone. Ports that only polls know are named here as
types alone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tillbridge.bootstrap.pos_kinds import contract, lightspeed_x
from tillbridge.bootstrap.pos_openers import Openers, OpenHttp, Reach, out_of_reach
from tillbridge.domain.pos_account import PosKind
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_at_first import PosAtFirst
from tillbridge.ports.pos_catalogue import PosCatalogue
from tillbridge.ports.pos_feed import PosFeed
from tillbridge.ports.pos_web_orders import PosWebOrders

if TYPE_CHECKING:
    import requests

    from tillbridge.ports.pos_access import PosAccess
    from tillbridge.ports.pos_hooks import PosHooks
    from tillbridge.ports.pos_source import PosSource

_OF_KIND: Mapping[PosKind, Openers] = {
    PosKind.CONTRACT: contract.OPENERS,
    PosKind.LIGHTSPEED_X: lightspeed_x.OPENERS,
}


def open_pos(reach: Reach) -> Pos:
    """Return the POS as pushes read it."""
    from tillbridge.adapters.pos_epochs import PosInEpoch

    return PosInEpoch(_of(reach).pos(reach), reach.account.epoch)


def open_feed(reach: Reach) -> PosFeed:
    """Return the POS's changes, in the order of versions."""
    from tillbridge.adapters.pos_epochs import FeedInEpoch

    return FeedInEpoch(_of(reach).feed(reach), reach.account.epoch)


def open_catalogue(reach: Reach) -> PosCatalogue:
    """Return the POS as imports use it."""
    from tillbridge.adapters.pos_epochs import CatalogueInEpoch

    return CatalogueInEpoch(_of(reach).catalogue(reach), reach.account.epoch)


def open_web_orders(reach: Reach) -> PosWebOrders:
    """Return the part of the POS that books web orders."""
    from tillbridge.adapters.pos_epochs import WebOrdersInEpoch

    return WebOrdersInEpoch(_of(reach).web_orders(reach), reach.account.epoch)


def open_source(reach: Reach) -> "PosSource":
    """Return a vendor's POS as its polls read it, by the vendor's own versions. Of a POS that tells of its changes
    itself each call is refused."""
    return _of(reach).source(reach)


def open_hooks(reach: Reach) -> "PosHooks":
    """Return the webhooks of a vendor's POS, as the vendor has them. Of a POS that has none each call is refused."""
    return _of(reach).hooks(reach)


def open_access(kind: PosKind, http: "requests.Session", clock: Clock) -> "PosAccess":
    """Return where the grants of a kind of POS are renewed. Of one that renews none each call is refused."""
    return _of_kind(kind).access(http, clock)


def open_at_first(kind: PosKind, open_http: OpenHttp, clock: Clock) -> PosAtFirst:
    """Return what asks a POS of this kind for the first time; `open_http` makes a session for it."""
    return _of_kind(kind).at_first(open_http, clock)


def _of(reach: Reach) -> Openers:
    return _of_kind(reach.account.kind)


def _of_kind(kind: PosKind) -> Openers:
    known = _OF_KIND.get(kind)
    return known if known is not None else Openers(*[out_of_reach(kind)] * 8)
