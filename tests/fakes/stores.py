"""Connected stores in memory; they keep the promises of `tillbridge.ports.stores`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from threading import Lock

from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, Pause, StoreState, out_of_trouble
from tillbridge.domain.errors import Conflict
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreId
from tillbridge.domain.lag_histogram import HourLags
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_trouble import PosTrouble, with_trouble
from tillbridge.domain.removal import Removal, RemovedEntry
from tillbridge.domain.safety_stock import LearnedSafety
from tillbridge.domain.slices import Turn, is_spent
from tillbridge.domain.went_back import MOST_WENT_BACK


@dataclass(frozen=True)
class _Slice:
    """The slice that began last. `until_ms`: until when it may write, 0 once it has ended; then `left`
    is what it told the next."""

    token: str
    until_ms: int = 0
    left: Turn = field(default_factory=Turn)


class FakeStores:
    """Connections and categories in dicts."""

    def __init__(self, connections: Iterable[Connection] = ()) -> None:
        self._connections: dict[StoreId, Connection] = {}
        self._accounts: dict[PosAccountKey, PosAccount] = {}
        self.troubles: dict[StoreId, PosTrouble] = {}
        self._categories: dict[StoreId, dict[str, int]] = {}
        self._writers: dict[StoreId, _Slice] = {}
        self._went_back: dict[StoreId, set[PosProductId]] = {}
        self._gone: dict[StoreId, Connection] = {}
        self.removed: dict[StoreId, RemovedEntry] = {}
        self._lock = Lock()
        self.compared: dict[StoreId, int] = {}
        for connection in connections:
            self.save_connection(connection)

    def find(self, store: StoreId) -> Connection | None:
        with self._lock:
            there = self._connections.get(store)
            return there and replace(there, pos_account=self._accounts[there.pos_account.key])

    def as_told(self, store: StoreId) -> Connection | None:
        connection = self.find(store)
        return connection and with_trouble(connection, self.troubles.get(store))

    def with_compared(self, store: StoreId) -> tuple[Connection | None, int]:
        return self.as_told(store), self.compared.get(store, 0)

    def all(self) -> Sequence[StoreId]:
        with self._lock:
            return sorted(self._connections)

    def pos_accounts(self) -> Sequence[PosAccount]:
        """Return every POS account, by key."""
        with self._lock:
            return [account for _, account in sorted(self._accounts.items())]

    def save_connection(self, connection: Connection) -> None:
        """Connect a store, or replace all its settings, its state and its POS account; of an account
        that is there the epoch stays."""
        account = connection.pos_account
        with self._lock:
            self._put_account(account, told=True)
            self._connections[connection.store] = connection

    def save_new(self, connection: Connection, *, pos_told: bool = True) -> bool:
        with self._lock:
            if connection.store in self._connections or connection.store in self._gone:
                return False
            self._put_account(connection.pos_account, told=pos_told)
            self._connections[connection.store] = connection
            return True

    def save_again(
        self, connection: Connection, seen: Connection, *, pos_told: bool = True
    ) -> bool:
        with self._lock:
            there = self._connections.get(connection.store)
            if there is None or _where(there) != _where(seen):
                return False
            if not seen.hooks.key:
                if there.hooks.key:
                    return False
                there = replace(there, hooks=replace(there.hooks, key=connection.hooks.key))
            again = replace(
                there,
                store_hash=connection.store_hash,
                api_url=connection.api_url,
                pos_account=connection.pos_account,
                money=connection.money,
                ignored=frozenset(),
                canary=there.canary if connection.store_hash == seen.store_hash else None,
            )
            self._put_account(connection.pos_account, told=pos_told)
            paused = there.state is StoreState.PAUSED
            self._connections[there.store] = again if paused else out_of_trouble(again)
            return True

    def _put_account(self, account: PosAccount, *, told: bool) -> None:
        there = self._accounts.get(account.key, account)
        self._accounts[account.key] = replace(account, epoch=there.epoch) if told else there

    def end_first_day(self, store: StoreId) -> None:
        with self._lock:
            if there := self._connections.get(store):
                self._connections[store] = replace(there, first_day_over=True)

    def keep_money(self, store: StoreId, money: MoneyFormat) -> None:
        with self._lock:
            if there := self._connections.get(store):
                self._connections[store] = replace(there, money=money)

    def remove(self, store: StoreId) -> None:
        """Disconnect a store; what is remembered of it stays."""
        with self._lock:
            self._connections.pop(store, None)

    def take_out(self, store: StoreId, by: str, at_ms: int) -> bool:
        """Remove a store, so that it may come back."""
        with self._lock:
            if store not in self._connections:
                return False
            self._gone[store] = self._connections.pop(store)
            self.removed[store] = RemovedEntry(store, at_ms, by)
            return True

    def lose(self, store: StoreId) -> None:
        """Delete what is kept of a removed store."""
        self._gone.pop(store, None)

    def removal(self, store: StoreId) -> Removal | None:
        with self._lock:
            there, entry = self._gone.get(store), self.removed.get(store)
            if there is None or entry is None:
                return None
            connection = replace(there, pos_account=self._accounts[there.pos_account.key])
            return Removal(store, entry.at_ms, entry.by, connection)

    def save_back(self, connection: Connection, removal: Removal, *, pos_told: bool = True) -> bool:
        with self._lock:
            entry = self.removed.get(removal.store)
            if entry is None or entry.going or entry.at_ms != removal.at_ms:
                return False
            del self.removed[removal.store]
            self._connections[removal.store] = self._gone.pop(removal.store)
        return self.save_again(connection, removal.connection, pos_told=pos_told)

    def set_state(self, connection: Connection) -> None:
        with self._lock:
            there = self._connections.get(connection.store)
            if there is None or there.state is StoreState.PAUSED:
                return
            self._connections[connection.store] = replace(
                there,
                state=connection.state,
                attention_code=connection.attention_code,
                attention_words=connection.attention_words,
                not_before_ms=connection.not_before_ms,
                failures=connection.failures,
            )

    def pause(self, store: StoreId, pause: Pause) -> bool:
        with self._lock:
            there = self._connections.get(store)
            if there is None or there.state is StoreState.PAUSED:
                return False
            self._connections[store] = _clean(there, StoreState.PAUSED, pause)
            return True

    def resume(self, store: StoreId) -> bool:
        with self._lock:
            there = self._connections.get(store)
            if there is not None:
                self._connections[store] = _clean(there, StoreState.ACTIVE, Pause())
            return there is not None

    def rename(self, store: StoreId, title: str, seen: str) -> bool:
        with self._lock:
            there = self._connections.get(store)
            if there is None or there.title != seen:
                return False
            self._connections[store] = replace(there, title=title)
            return True

    def begin_epoch(self, account: PosAccount) -> None:
        with self._lock:
            there = self._accounts[account.key]
            if there.epoch == account.epoch:
                self._accounts[account.key] = replace(there, epoch=account.epoch + 1)

    def note_went_back(self, store: StoreId, products: Sequence[PosProductId]) -> None:
        with self._lock:
            there = self._went_back.setdefault(store, set())
            if len(there) < MOST_WENT_BACK:
                there.update(products[:MOST_WENT_BACK])

    def settle_went_back(self, store: StoreId, products: Sequence[PosProductId] = ()) -> None:
        with self._lock:
            there = self._went_back.setdefault(store, set())
            there.difference_update(products or set(there))

    def went_back(self, store: StoreId) -> Sequence[PosProductId]:
        with self._lock:
            return sorted(self._went_back.get(store, ()))

    def save_settings(self, changed: Connection, seen: int) -> None:
        """Replace the settings as `tests.fakes.settings_versions` promises; raise Conflict."""
        with self._lock:
            there = self._connections.get(changed.store)
            if there is None or there.settings_version != seen:
                raise Conflict(f"The settings of '{changed.store}' were changed meanwhile.")
            settings, learned = changed.settings, there.settings.learned_safety
            if settings.learned_safety is not None and learned is not None:
                kept = replace(settings.learned_safety, kept=learned.kept)
                settings = replace(settings, learned_safety=kept)
            self._connections[changed.store] = replace(
                there,
                settings=settings,
                settings_version=changed.settings_version,
                web_orders_since_ms=changed.web_orders_since_ms,
            )

    def categories(self, store: StoreId) -> Mapping[str, int]:
        with self._lock:
            return dict(self._categories.get(store, {}))

    def remember_categories(self, store: StoreId, categories: Mapping[str, int]) -> None:
        with self._lock:
            self._categories.setdefault(store, {}).update(categories)

    def remember_ignored(self, store: StoreId, fields: Collection[str]) -> None:
        with self._lock:
            there = self._connections.get(store)
            if there is not None:
                self._connections[store] = replace(there, ignored=there.ignored | set(fields))

    def keep_canary(self, store: StoreId, canary: Canary) -> None:
        with self._lock:
            there = self._connections.get(store)
            if there is not None and there.canary and there.canary.product == canary.product:
                self._connections[store] = replace(there, canary=canary)

    def keep_hooks(self, store: StoreId, access: HookAccess, seen: HookAccess) -> bool:
        """Keep what changed of how calls to webhooks are known, unless somebody changed the same."""
        before, after = asdict(seen), asdict(access)
        changed = {name: value for name, value in after.items() if value != before[name]}
        with self._lock:
            there = self._connections.get(store)
            if there is None or any(asdict(there.hooks)[n] != before[n] for n in changed):
                return False
            self._connections[store] = replace(there, hooks=replace(there.hooks, **changed))
            return True

    def set_canary(self, store: StoreId, canary: Canary | None) -> None:
        """Switch the canary of a connected store on or off."""
        with self._lock:
            if store in self._connections:
                self._connections[store] = replace(self._connections[store], canary=canary)

    def keep_safety(self, store: StoreId, safety: LearnedSafety) -> None:
        with self._lock:
            there = self._connections.get(store)
            if there is not None and there.settings.learned_safety is not None:
                learned = replace(there.settings.learned_safety, kept=dict(safety.kept))
                settings = replace(there.settings, learned_safety=learned)
                self._connections[store] = replace(there, settings=settings)

    def begin_slice(
        self, store: StoreId, token: str, now_ms: int, until_ms: int, sent_ms: int = 0
    ) -> Turn:
        with self._lock:
            there = self._writers.get(store, _Slice(""))
            if there.token != token and there.until_ms > now_ms:
                return Turn(busy_until_ms=there.until_ms)
            if is_spent(sent_ms, there.left.settled_ms):
                return Turn(spent=True)
            left = there.left
            kept = Turn(
                orders=left.orders,
                hooks_checked_ms=left.hooks_checked_ms,
                hooks_rearmed_ms=left.hooks_rearmed_ms,
                hour=left.hour,
            )
            self._writers[store] = _Slice(token, until_ms, kept)
            if there.until_ms:
                return replace(kept, unsure=True, killed_ms=there.until_ms)
            killed_ms = there.left.killed_ms if there.left.unsure else 0
            return replace(there.left, killed_ms=killed_ms, settled_ms=0)

    def end_slice(self, store: StoreId, token: str, left: Turn) -> None:
        with self._lock:
            if self._writers.get(store, _Slice("")).token != token:
                return
            self._writers[store] = _Slice(token, left=left)

    def running_hour(self, store: StoreId) -> HourLags:
        """Return the lags of the hour that no later slice has put down yet."""
        with self._lock:
            return self._writers.get(store, _Slice("")).left.hour

    def orders_read(self, store: StoreId) -> int | None:
        """Return when the orders of a store were last read to the end (epoch ms), None where never."""
        with self._lock:
            read = self._writers.get(store, _Slice("")).left.orders
            return read.read_ms if read != OrdersRead() else None


def _clean(there: Connection, state: StoreState, pause: Pause) -> Connection:
    return replace(out_of_trouble(there), state=state, pause=pause)


def _where(connection: Connection) -> tuple[str, ...]:
    return connection.store_hash, connection.api_url, connection.pos_account.key
