"""What the file of a kind of POS gives: what opens each port of it, and with what it is reached."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    """What opens each port of one kind of POS. Versions are those that the POS, or its mirror, counts: the epoch of
    the account is added in `pos_of`, for all kinds alike. The last three are for a POS that is polled."""

    pos: Opener[Pos]
    feed: Opener[PosFeed]
    catalogue: Opener[PosCatalogue]
    web_orders: Opener[PosWebOrders]
    at_first: Callable[[OpenHttp, Clock], PosAtFirst]
    source: "Opener[PosSource]"
    hooks: "Opener[PosHooks]"
    access: "Callable[[requests.Session, Clock], PosAccess]"


class OutOfReach:
    """Stands for a port that a POS does not have, or that this deployment cannot reach: each call is refused, as by a
    POS that takes our token no more, so that work waits and the store says why."""

    def __init__(self, kind: PosKind) -> None:
        self._kind = kind

    def __getattr__(self, name: str) -> Any:
        def refuse(*_: object, **__: object) -> Any:
            raise attention_for(AttentionCode.POS_KIND_UNKNOWN, kind=self._kind.value)

        return refuse


def out_of_reach(kind: PosKind) -> Callable[..., Any]:
    """Return the opener of any port that is out of reach."""
    return lambda *_: OutOfReach(kind)
