"""The only place that turns the kind of a POS account into adapters; all others know the ports.

A kind's adapters are loaded when a POS of that kind is opened for the first time, each port's alone: what
a function loads at its start is the same whichever POS its stores have. Ports that only polls know are named
here as types alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.problems import attention_for
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_at_first import PosAtFirst
from tillbridge.ports.pos_catalogue import PosCatalogue
from tillbridge.ports.pos_feed import PosFeed
from tillbridge.ports.pos_web_orders import PosWebOrders

if TYPE_CHECKING:
    import requests

    from tillbridge.adapters.secrets import Token
    from tillbridge.ports.pokes import Pokes
    from tillbridge.ports.pos_access import PosAccess
    from tillbridge.ports.pos_hooks import PosHooks
    from tillbridge.ports.pos_mirror import MirrorReads
    from tillbridge.ports.pos_source import PosSource


@dataclass(frozen=True, slots=True)
class Mirroring:
    """The mirror of polled accounts, and what asks for a poll; each is made when it is needed."""

    reads: "Callable[[PosAccount], MirrorReads]"
    pokes: "Callable[[], Pokes]"


@dataclass(frozen=True, slots=True)
class Reach:
    """With what the POS of an account is reached; its calls end by `deadline_ms` (epoch ms). `mirroring`: None where
    no POS is polled."""

    account: PosAccount
    token: "Token"
    clock: Clock
    deadline_ms: int
    http: "requests.Session"
    mirroring: Mirroring | None = None


type Opener[Port] = Callable[[Reach], Port]
type OpenHttp = Callable[[], "requests.Session"]


@dataclass(frozen=True, slots=True)
class Openers:
    """What opens each port of one kind of POS. Versions are those that the POS, or its mirror, counts:
    the epoch of the account is added here, for all kinds alike."""

    pos: Opener[Pos]
    feed: Opener[PosFeed]
    catalogue: Opener[PosCatalogue]
    web_orders: Opener[PosWebOrders]
    at_first: Callable[[OpenHttp, Clock], PosAtFirst]


def open_pos(reach: Reach) -> Pos:
    """Return the POS as pushes read it."""
    from tillbridge.adapters.pos_epochs import PosInEpoch

    return PosInEpoch(_openers(reach.account.kind).pos(reach), reach.account.epoch)


def open_feed(reach: Reach) -> PosFeed:
    """Return the POS's changes, in the order of versions."""
    from tillbridge.adapters.pos_epochs import FeedInEpoch

    return FeedInEpoch(_openers(reach.account.kind).feed(reach), reach.account.epoch)


def open_catalogue(reach: Reach) -> PosCatalogue:
    """Return the POS as imports use it."""
    from tillbridge.adapters.pos_epochs import CatalogueInEpoch

    return CatalogueInEpoch(_openers(reach.account.kind).catalogue(reach), reach.account.epoch)


def open_web_orders(reach: Reach) -> PosWebOrders:
    """Return the part of the POS that books web orders."""
    from tillbridge.adapters.pos_epochs import WebOrdersInEpoch

    return WebOrdersInEpoch(_openers(reach.account.kind).web_orders(reach), reach.account.epoch)


def open_source(reach: Reach) -> "PosSource":
    """Return a vendor's POS as its polls read it, by the vendor's own versions. Of a POS that tells of its changes
    itself each call is refused."""
    opener = _SOURCES.get(reach.account.kind)
    return opener(reach) if opener else cast("PosSource", _OfNoKnownKind(reach.account.kind))


def open_access(kind: PosKind, http: "requests.Session", clock: Clock) -> "PosAccess":
    """Return where the grants of a kind of POS are renewed. Of one that renews none each call is refused."""
    opener = _ACCESS.get(kind)
    return opener(http, clock) if opener else cast("PosAccess", _OfNoKnownKind(kind))


def open_hooks(reach: Reach) -> "PosHooks":
    """Return the webhooks of a vendor's POS, as the vendor has them. Of a POS that has none each call is refused."""
    opener = _HOOKS.get(reach.account.kind)
    return opener(reach) if opener else cast("PosHooks", _OfNoKnownKind(reach.account.kind))


def open_at_first(kind: PosKind, open_http: OpenHttp, clock: Clock) -> PosAtFirst:
    """Return what asks a POS of this kind for the first time; `open_http` makes a session for it."""
    return _openers(kind).at_first(open_http, clock)


class _OfNoKnownKind:
    """Stands for a POS that this release cannot reach: each call is refused, as by a POS that takes our
    token no more, so that work waits and the store says why."""

    def __init__(self, kind: PosKind) -> None:
        self._kind = kind

    def __getattr__(self, name: str) -> Any:
        def refuse(*_: object, **__: object) -> Any:
            raise attention_for(AttentionCode.POS_KIND_UNKNOWN, kind=self._kind.value)

        return refuse


def _nobody(kind: PosKind) -> Callable[..., Any]:
    """Return the opener of any port of a kind that is out of reach."""
    return lambda *_: _OfNoKnownKind(kind)


def _contract_pos(reach: Reach) -> Pos:
    from tillbridge.adapters.pos_cloud.client import PosCloud

    return PosCloud(reach.account.address, reach.token, reach.clock, reach.deadline_ms, reach.http)


def _contract_feed(reach: Reach) -> PosFeed:
    from tillbridge.adapters.pos_cloud.feed import PosCloudFeed

    return PosCloudFeed(
        reach.account.address, reach.token, reach.clock, reach.deadline_ms, reach.http
    )


def _contract_catalogue(reach: Reach) -> PosCatalogue:
    from tillbridge.adapters.pos_cloud.calls import PosCalls
    from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue

    return PosCloudCatalogue(
        PosCalls(reach.account.address, reach.token, reach.clock, reach.deadline_ms, reach.http)
    )


def _contract_web_orders(reach: Reach) -> PosWebOrders:
    from tillbridge.adapters.pos_cloud.calls import PosCalls
    from tillbridge.adapters.pos_cloud.web_orders import PosCloudWebOrders

    return PosCloudWebOrders(
        PosCalls(reach.account.address, reach.token, reach.clock, reach.deadline_ms, reach.http)
    )


def _contract_at_first(open_http: OpenHttp, clock: Clock) -> PosAtFirst:
    from tillbridge.adapters.pos_cloud.at_first import PosByContract

    return PosByContract(open_http, clock)


def _pos_of_mirror(reach: Reach, mirroring: Mirroring) -> Pos:
    from tillbridge.adapters.pos_mirror.pos import MirrorPos

    return MirrorPos(mirroring.reads(reach.account), reach.account.key)


def _feed_of_mirror(reach: Reach, mirroring: Mirroring) -> PosFeed:
    from tillbridge.adapters.pos_mirror.pos import MirrorFeed

    return MirrorFeed(mirroring.reads(reach.account), reach.account.key)


def _lightspeed_catalogue(reach: Reach, mirroring: Mirroring) -> PosCatalogue:
    from tillbridge.adapters.lightspeed_x.catalogue import catalogue_of
    from tillbridge.adapters.lightspeed_x.reading_back import Mirrored

    account, clock, deadline_ms = reach.account, reach.clock, reach.deadline_ms
    mirrored = Mirrored(
        account.key, mirroring.reads(account), mirroring.pokes(), clock, deadline_ms
    )
    return catalogue_of(account, reach.token, reach.http, mirrored)


def _lightspeed_at_first(open_http: OpenHttp, clock: Clock) -> PosAtFirst:
    from tillbridge.adapters.lightspeed_x.at_first import LightspeedAtFirst

    return LightspeedAtFirst(open_http, clock)


def _no_web_orders(_: Reach) -> PosWebOrders:
    from tillbridge.adapters.pos_mirror.no_web_orders import NoWebOrders

    return NoWebOrders()


def _mirrored[Port](opened: Callable[[Reach, Mirroring], Port]) -> Opener[Port]:
    """Return the opener of a port that is answered from a mirror; without one its calls are refused, for the stack
    was deployed without what polls a POS."""

    def opener(reach: Reach) -> Port:
        if reach.mirroring is None:
            return cast(Port, _OfNoKnownKind(reach.account.kind))
        return opened(reach, reach.mirroring)

    return opener


_OF_KIND: Mapping[PosKind, Openers] = {
    PosKind.CONTRACT: Openers(
        pos=_contract_pos,
        feed=_contract_feed,
        catalogue=_contract_catalogue,
        web_orders=_contract_web_orders,
        at_first=_contract_at_first,
    ),
    PosKind.LIGHTSPEED_X: Openers(
        pos=_mirrored(_pos_of_mirror),
        feed=_mirrored(_feed_of_mirror),
        catalogue=_mirrored(_lightspeed_catalogue),
        web_orders=_no_web_orders,
        at_first=_lightspeed_at_first,
    ),
}


def _lightspeed_source(reach: Reach) -> "PosSource":
    from tillbridge.adapters.lightspeed_x.source import source_of

    return source_of(reach.account, reach.token, reach.clock, reach.deadline_ms, reach.http)


def _lightspeed_hooks(reach: Reach) -> "PosHooks":
    from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
    from tillbridge.adapters.lightspeed_x.hooks import LightspeedHooks

    address, deadline_ms = reach.account.address, reach.deadline_ms
    return LightspeedHooks(
        LightspeedCalls(address, reach.token, reach.clock, deadline_ms, reach.http)
    )


def _lightspeed_access(http: "requests.Session", clock: Clock) -> "PosAccess":
    from tillbridge.adapters.lightspeed_x.oauth import LightspeedOauth

    return LightspeedOauth(http, clock)


_ACCESS: Mapping[PosKind, Callable[["requests.Session", Clock], "PosAccess"]] = {
    PosKind.LIGHTSPEED_X: _lightspeed_access
}
_HOOKS: Mapping[PosKind, "Opener[PosHooks]"] = {PosKind.LIGHTSPEED_X: _lightspeed_hooks}
_SOURCES: Mapping[PosKind, "Opener[PosSource]"] = {PosKind.LIGHTSPEED_X: _lightspeed_source}


def _openers(kind: PosKind) -> Openers:
    known = _OF_KIND.get(kind)
    return known if known is not None else Openers(*[_nobody(kind)] * 5)
