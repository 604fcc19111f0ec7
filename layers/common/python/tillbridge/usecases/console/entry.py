"""What the console needs to let people in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import EVERY_STORE, Person
from tillbridge.ports.clock import Clock
from tillbridge.ports.sign_in import Issuer, SessionKeys
from tillbridge.ports.stores import Stores

_LIST_MS = 30_000


class KnownStores:
    """The names of the connected stores, read at most every half a minute, so that no page waits for them."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._names: Sequence[StoreId] = ()
        self._read_ms: int | None = None

    def seen_by(self, person: Person) -> Sequence[StoreId]:
        """Return the stores that a person may see, by name. May raise RetryLater."""
        if EVERY_STORE not in person.roles:
            return sorted(StoreId(name) for name in person.roles)
        now = self._clock.now_ms()
        if self._read_ms is None or now - self._read_ms >= _LIST_MS:
            self._names, self._read_ms = sorted(self._stores.all()), now
        return self._names


@dataclass(frozen=True, slots=True)
class EntryDeps:
    """Who lets people in (`issuer_name`, as its tokens say it; `client_id` of the console there; `claim` with
    the roles), and the console's own address `url`, without a slash at its end. `issuer` is made when it is
    first needed: most calls sign nobody in."""

    issuer_name: str
    client_id: str
    url: str
    claim: str
    keys: SessionKeys
    issuer: Callable[[], Issuer]
    known: KnownStores
    clock: Clock

    @property
    def secure(self) -> bool:
        """Return whether the console is reached by https; only a local world is not."""
        return self.url.startswith("https://")

    @property
    def issuer_origin(self) -> str:
        """Return scheme and host of the issuer."""
        parts = urlsplit(self.issuer_name)
        return f"{parts.scheme}://{parts.netloc}"
