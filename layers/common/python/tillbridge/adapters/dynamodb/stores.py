"""Connected stores in DynamoDB: connection, state and remembered categories."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys, turns
from tillbridge.adapters.dynamodb.attributes import Item, from_item, is_newer, new_item
from tillbridge.adapters.dynamodb.connected_again import NO_TROUBLE, again
from tillbridge.adapters.dynamodb.errors import (
    ConditionFailed,
    TransactionCancelled,
    busy_words,
    our_errors,
)
from tillbridge.adapters.dynamodb.removals import brought_back, is_removed, read_removal
from tillbridge.adapters.dynamodb.safety_items import packed_safety
from tillbridge.adapters.dynamodb.store_items import (
    account_of,
    account_values,
    canary_values,
    connection_of,
    connection_values,
    hook_values,
    trouble_values,
)
from tillbridge.adapters.dynamodb.told_trouble import as_told
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, Pause, StoreState
from tillbridge.domain.errors import RetryLater, SavedByNewer, UnreadableStore
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lag_histogram import HourLags
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.pos_account import POLLED, PosAccount, PosKind
from tillbridge.domain.removal import Removal
from tillbridge.domain.safety_stock import LearnedSafety
from tillbridge.domain.slices import Turn
from tillbridge.domain.went_back import MOST_WENT_BACK
from tillbridge.ports.connections import Connections
from tillbridge.ports.stores import Stores

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


_NOT_PAUSED = "attribute_exists(#pk) AND #state <> :paused"


class DynamoStores(Stores, Connections):
    """Each store has a partition; one more lists all stores. Every method may raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._account_keys: dict[StoreId, str] = {}

    @override
    def find(self, store: StoreId) -> Connection | None:
        return readable(store, lambda: self._connection(store)[0])

    @override
    def as_told(self, store: StoreId) -> Connection | None:
        return readable(store, lambda: self._told(store)[0])

    @override
    def with_compared(self, store: StoreId) -> tuple[Connection | None, int]:
        def read() -> tuple[Connection | None, int]:
            told, entry = self._told(store)
            return told, int(from_item(entry or {}).get("compared_ms", 0))

        return readable(store, read)

    @override
    def all(self) -> Sequence[StoreId]:
        return [StoreId(row["sk"]["S"]) for row in self._items("pk = :pk", keys.CONNECTED)]

    @override
    def pos_accounts(self) -> Sequence[PosAccount]:
        rows = self._known("pk = :pk", keys.ACCOUNTS)
        # One of a kind that only a later release knows is nobody's here; its stores say so themselves.
        return [account_of(row) for row in rows if row["kind"] in PosKind]

    def save_connection(self, connection: Connection) -> None:
        """Connect a store, or replace all that is kept of it, whatever others changed meanwhile: for worlds that
        are made, and nobody works in yet. Of a POS account that is there the epoch stays."""
        self._save(connection.store, [{"Put": self._whole(connection)}], connection.pos_account)

    @override
    def save_new(self, connection: Connection, *, pos_told: bool = True) -> bool:
        absent = expressions.conditional("attribute_not_exists(#pk)", {})
        put = [{"Put": {**self._whole(connection), **absent}}]
        return self._saved(connection.store, put, connection.pos_account, pos_told)

    @override
    def save_again(
        self, connection: Connection, seen: Connection, *, pos_told: bool = True
    ) -> bool:
        # A paused store is written without its state. Pausing it between the two tries only has the caller look.
        store, account = connection.store, connection.pos_account
        row = {"TableName": self._table, "Key": keys.key(store, keys.CONNECTION)}
        return any(
            self._saved(store, [{"Update": {**row, **how}}], account, pos_told)
            for how in (again(connection, seen, paused=paused) for paused in (False, True))
        )

    @override
    def removal(self, store: StoreId) -> Removal | None:
        return readable(store, lambda: read_removal(self._client, self._table, store))

    @override
    def save_back(self, connection: Connection, removal: Removal, *, pos_told: bool = True) -> bool:
        store, account = connection.store, connection.pos_account
        row = {"TableName": self._table, "Key": keys.key(store, keys.CONNECTION)}
        seen = removal.connection
        return any(
            self._saved(
                store, brought_back(self._table, {**row, **how}, removal), account, pos_told
            )
            for how in (again(connection, seen, paused=p, removed=True) for p in (False, True))
        )

    def _whole(self, connection: Connection) -> dict[str, Any]:
        item = new_item(keys.key(connection.store, keys.CONNECTION), connection_values(connection))
        return {"TableName": self._table, "Item": item}

    @override
    def end_first_day(self, store: StoreId) -> None:
        values, there = {"first_day_over": True}, "attribute_exists(#pk)"
        self._written(store, expressions.update(expressions.put(values), values, there))

    def _saved(self, store: StoreId, rows: Any, account: PosAccount, pos_told: bool) -> bool:
        try:
            self._save(store, rows, account, pos_told)
        except TransactionCancelled as why:
            if why.refused:
                return False
            raise RetryLater(busy_words()) from why  # somebody else writes the same rows just now
        return True

    def _save(self, store: StoreId, rows: Any, account: PosAccount, pos_told: bool = True) -> None:
        # An update: what the list says of a store that is connected stays.
        entry: Any = {
            "TableName": self._table,
            "Key": keys.key(keys.CONNECTED, store),
            **expressions.update([], {}),
        }
        values = account_values(account)
        told = values.keys() - {"epoch"} if pos_told else set[str]()
        assignments = [*expressions.put(told), *expressions.keep(values.keys() - told)]
        update: Any = {
            "TableName": self._table,
            "Key": keys.key(keys.ACCOUNTS, account.key),
            **expressions.update(assignments, values),
        }
        with our_errors():
            self._client.transact_write_items(
                TransactItems=[
                    {"Update": entry},
                    *rows,
                    {"Update": update},
                    *self._of(store, account),
                ]
            )

    def _of(self, store: StoreId, account: PosAccount) -> list[Any]:
        """Return what lets polls of an account find its stores (adapters/dynamodb/polled_accounts.py)."""
        if account.kind not in POLLED:
            return []
        row = new_item(keys.key(keys.stores_of_account(account.key), store), {})
        return [{"Put": {"TableName": self._table, "Item": row}}]

    def remove(self, store: StoreId) -> None:
        """Disconnect a store; its categories, runs, outcomes and POS account stay."""
        rows = [keys.key(keys.CONNECTED, store), keys.key(store, keys.CONNECTION)]
        with our_errors():
            self._client.transact_write_items(
                TransactItems=[{"Delete": {"TableName": self._table, "Key": row}} for row in rows]
            )

    @override
    def set_state(self, connection: Connection) -> None:
        self._write_state(connection.store, trouble_values(connection), _NOT_PAUSED)

    @override
    def pause(self, store: StoreId, pause: Pause) -> bool:
        return self._set_clean(store, StoreState.PAUSED, pause, _NOT_PAUSED)

    @override
    def resume(self, store: StoreId) -> bool:
        return self._set_clean(store, StoreState.ACTIVE, Pause(), "attribute_exists(#pk)")

    def _set_clean(self, store: StoreId, state: StoreState, pause: Pause, condition: str) -> bool:
        values = {**NO_TROUBLE, "state": state.value, "pause": asdict(pause)}
        return self._write_state(store, values, condition)

    def _write_state(self, store: StoreId, values: dict[str, Any], condition: str) -> bool:
        known = {**values, "paused": StoreState.PAUSED.value}
        return self._written(store, expressions.update(expressions.put(values), known, condition))

    def _written(self, store: StoreId, how: dict[str, Any]) -> bool:
        try:
            with our_errors():
                self._client.update_item(
                    TableName=self._table, Key=keys.key(store, keys.CONNECTION), **how
                )
        except ConditionFailed:
            return False  # disconnected, paused or changed meanwhile
        return True

    @override
    def rename(self, store: StoreId, title: str, seen: str) -> bool:
        same = (
            "#title = :seen" if seen else "attribute_exists(#pk) AND attribute_not_exists(#title)"
        )
        sets, removes = expressions.written({"title": title or None})
        values = {"title": title, "seen": seen}
        return self._written(store, expressions.update(sets, values, same, removes))

    @override
    def categories(self, store: StoreId) -> Mapping[str, int]:
        rows = self._known("pk = :pk AND begins_with(sk, :from)", store, keys.CATEGORY)
        return {row["sk"].removeprefix(keys.CATEGORY): row["id"] for row in rows}

    @override
    def remember_categories(self, store: StoreId, categories: Mapping[str, int]) -> None:
        # A name that fits no key is looked up each time.
        items = [
            new_item(keys.key(store, keys.category(name)), {"id": number})
            for name, number in categories.items()
            if len(keys.category(name).encode()) <= keys.LONGEST_SORT_KEY
        ]
        bulk.write_all(self._client, self._table, items)

    @override
    def remember_ignored(self, store: StoreId, fields: Collection[str]) -> None:
        with suppress(ConditionFailed), our_errors():  # disconnected meanwhile
            self._client.update_item(
                TableName=self._table,
                Key=keys.key(store, keys.CONNECTION),
                **expressions.update(
                    [], {"ignored": set(fields)}, "attribute_exists(#pk)", adds=["ignored"]
                ),
            )

    @override
    def keep_canary(self, store: StoreId, canary: Canary) -> None:
        values = {"canary": canary_values(canary)}
        same, known = "#canary.#product = :product", {**values, "product": canary.product}
        self._written(store, expressions.update(expressions.put(values), known, same))

    def keep_hooks(self, store: StoreId, access: HookAccess, seen: HookAccess) -> bool:
        """Keep what changed of how calls to the webhooks of a store are known; all else of it stays. Return False,
        with nothing written, when somebody changed the same meanwhile, or the store is not connected."""
        before, after = hook_values(seen), hook_values(access)
        differ = sorted(name for name in after if after[name] != before[name])
        same = " AND ".join(
            ["attribute_exists(#pk)", *(f"#hooks.#{n} = :seen_{n}" for n in differ)]
        )
        values = {**after, **{f"seen_{name}": before[name] for name in differ}}
        how = expressions.update([f"#hooks.#{name} = :{name}" for name in differ], values, same)
        return self._written(store, how)

    def set_canary(self, store: StoreId, canary: Canary | None) -> None:
        """Switch the canary of a connected store on or off."""
        values = {"canary": canary_values(canary) if canary else None}
        sets, removes = expressions.written(values)
        there = {name: value for name, value in values.items() if value is not None}
        self._written(store, expressions.update(sets, there, "attribute_exists(#pk)", removes))

    @override
    def keep_money(self, store: StoreId, money: MoneyFormat) -> None:
        values, there = {"money": asdict(money)}, "attribute_exists(#pk)"
        self._written(store, expressions.update(expressions.put(values), values, there))

    @override
    def keep_safety(self, store: StoreId, safety: LearnedSafety) -> None:
        learns = "attribute_exists(#settings.#safety_most)"
        with suppress(ConditionFailed), our_errors():  # disconnected, or it learns none any more
            self._client.update_item(
                TableName=self._table,
                Key=keys.key(store, keys.CONNECTION),
                **expressions.update(
                    expressions.put(["safety"]), {"safety": packed_safety(safety)}, learns
                ),
            )

    @override
    def begin_slice(
        self, store: StoreId, token: str, now_ms: int, until_ms: int, sent_ms: int = 0
    ) -> Turn:
        return turns.begin(
            self._client,
            self._table,
            keys.key(store, keys.WRITER),
            token,
            now_ms,
            until_ms,
            sent_ms,
        )

    @override
    def end_slice(self, store: StoreId, token: str, left: Turn) -> None:
        turns.end(self._client, self._table, keys.key(store, keys.WRITER), token, left)

    @override
    def begin_epoch(self, account: PosAccount) -> None:
        with suppress(ConditionFailed), our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=keys.key(keys.ACCOUNTS, account.key),
                **expressions.update(
                    expressions.put(["epoch"]),
                    {"epoch": account.epoch + 1, "before": account.epoch},
                    "#epoch = :before",
                ),
            )

    @override
    def note_went_back(self, store: StoreId, products: Sequence[PosProductId]) -> None:
        fits = "attribute_not_exists(#products) OR size(#products) < :most"
        with suppress(ConditionFailed), our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=keys.key(store, keys.WENT_BACK),
                **expressions.update(
                    [],
                    {"products": set(products[:MOST_WENT_BACK]), "most": MOST_WENT_BACK},
                    fits,
                    adds=["products"],
                ),
            )

    @override
    def settle_went_back(self, store: StoreId, products: Sequence[PosProductId] = ()) -> None:
        there = "attribute_exists(#pk)"
        change = (
            expressions.update([], {"products": set(products)}, there, takes=["products"])
            if products
            else expressions.update([], {}, there, ["#products"])
        )
        key = keys.key(store, keys.WENT_BACK)
        with suppress(ConditionFailed), our_errors():
            self._client.update_item(TableName=self._table, Key=key, **change)

    @override
    def went_back(self, store: StoreId) -> Sequence[PosProductId]:
        with our_errors():
            answer = self._client.get_item(
                TableName=self._table, Key=keys.key(store, keys.WENT_BACK), ConsistentRead=True
            )
        return sorted(from_item(answer.get("Item", {})).get("products", ()))

    def running_hour(self, store: StoreId) -> HourLags:
        """Return the lags of the hour that no later slice has put down yet."""
        return turns.running_hour(self._client, self._table, keys.key(store, keys.WRITER))

    def _told(self, store: StoreId) -> tuple[Connection | None, Item | None]:
        """Return the connection as people are told of it, and the store's entry in the list."""
        connection, beside = self._connection(store, keys.key(keys.CONNECTED, store))
        entry = beside.get((keys.CONNECTED, store))
        return as_told(connection, entry), entry

    def _connection(
        self, store: StoreId, *more: keys.Key
    ) -> tuple[Connection | None, dict[tuple[str, str], Item]]:
        """Return the connection, and the rows that were read with it."""
        # A connection seldom gets another POS account, so both are read at once by the key that it had
        # last; a wrong one costs a second read, and its row is not used.
        expected = self._account_keys.get(store)
        wanted = [keys.key(store, keys.CONNECTION), *more]
        wanted += [keys.key(keys.ACCOUNTS, expected)] if expected else []
        rows = self._read(wanted)
        row = rows.get((store, keys.CONNECTION))
        if row is None or is_removed(row):
            return None, rows
        values = from_item(row)
        account = values["pos_account"]
        if account != expected:
            rows |= self._read([keys.key(keys.ACCOUNTS, account)])
            self._account_keys[store] = account
        there = rows.get((keys.ACCOUNTS, account))
        return connection_of(values, account_of(from_item(there)) if there else None), rows

    def _read(self, wanted: Sequence[keys.Key]) -> dict[tuple[str, str], Item]:
        rows = bulk.read_all(self._client, self._table, wanted)
        return {(row["pk"]["S"], row["sk"]["S"]): row for row in rows}

    def _known(self, condition: str, pk: str, *bounds: str) -> list[dict[str, Any]]:
        """Return the rows as plain values, without those of a later release."""
        items = self._items(condition, pk, *bounds)
        return [from_item(item) for item in items if not is_newer(item)]

    def _items(self, condition: str, pk: str, *bounds: str) -> list[Item]:
        names = [":pk", ":from", ":to"]
        values = {name: {"S": value} for name, value in zip(names, [pk, *bounds], strict=False)}
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
        )
        return list(items)


def readable[T](store: StoreId, read: Callable[[], T]) -> T:
    """Return what `read` makes of a connection. Raise UnreadableStore when it fails on what the
    items hold."""
    try:
        return read()
    except SavedByNewer as newer:
        words = SavedByNewer(f"Store '{store}'", newer.version, newer.reads)
        raise UnreadableStore(f"{words} The other stores go on.") from newer
    except (KeyError, ValueError, TypeError) as why:
        raise UnreadableStore(
            f"The connection of store '{store}' cannot be read ({why!r}): another release of "
            f"Tillbridge has written it. Deploy that release again, or connect the store anew with "
            f"`tillbridge store add {store}`. The other stores go on."
        ) from why
