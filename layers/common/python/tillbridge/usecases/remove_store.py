"""A person removes a store: it stops at once, then everything of it outside the tables is taken away; what is in
them goes after 30 days (docs/adr/0050-a-removed-store-stays-thirty-days.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from tillbridge.domain.errors import RetryLater, TillbridgeError, UnknownStore
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.removal import Removal
from tillbridge.ports.clock import Clock
from tillbridge.ports.removals import Removals
from tillbridge.ports.store_list import StoreList
from tillbridge.ports.stores import Stores

LOOK_EVERY_S = 1.0
LONGEST_SLICE_S = 90.0
"""How long a slice that is under way is waited for: one ends within a minute and five seconds."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class RemoveDeps:
    """What removing needs. `take_off`: what of ours is taken off BigCommerce, by what it is (webhooks, canary), each
    of which may raise; it says in words what it did. `drop_secrets`: deletes the store's secrets and, where one is
    given, those of its POS account. `patience_s`: how long a slice that is under way is waited for. `leave_pos`: what of ours is taken off a POS that no
    connected store has any more, while its token is there; as one of `take_off`. Whoever may not read that token has none."""

    stores: Stores
    store_list: StoreList
    removals: Removals
    clock: Clock
    take_off: Callable[[Removal], dict[str, Callable[[], str]]]
    drop_secrets: Callable[[StoreId, PosAccountKey | None], None]
    patience_s: float = LONGEST_SLICE_S
    leave_pos: Callable[[PosAccount], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class RemovedNow:
    """What was done. `anew`: by this call, and not by one before, which this one finished. `done` and `left`: what was
    taken off BigCommerce, and what was not and why, in words; `again`: doing it again may finish that, so the token is
    still there. `shared`: other stores that go on with its POS account, so
    its token stays. One that was removed before gets the token back when it comes back: the later removal keeps it longer."""

    removal: Removal
    anew: bool
    done: tuple[str, ...]
    left: tuple[str, ...]
    again: bool
    shared: tuple[StoreId, ...]


def remove_store(deps: RemoveDeps, store: StoreId, by: str) -> RemovedNow:
    """Remove a store and return what was done. Whoever dies on the way, or finds something left, does it again: each
    step looks first. The store stops with the first write; the token goes last, because the webhooks need it. Raise
    UnknownStore, or RetryLater."""
    anew = deps.removals.remove(store, by, deps.clock.now_ms())
    removal = deps.removals.removal(store)
    if removal is None:
        raise UnknownStore(store)
    _wait_for_slice(deps, store)
    done, left, again = _taken_off(deps, removal)
    account = removal.connection.pos_account.key
    shared = tuple(sorted(connected_with(deps.store_list, account) - {store}))
    if not again:
        if not shared:
            done, left = _left_pos(deps, removal.connection.pos_account, done, left)
        deps.drop_secrets(store, None if shared else account)
    return RemovedNow(removal, anew, done, left, again, shared)


def users_of(store_list: StoreList, removals: Removals, account: PosAccountKey) -> set[StoreId]:
    """Return the stores with this POS account, those that were removed and may come back among them."""
    users = connected_with(store_list, account)
    for entry in removals.removed():
        removal = removals.removal(entry.store)
        if removal is not None and removal.connection.pos_account.key == account:
            users.add(entry.store)
    return users


def connected_with(store_list: StoreList, account: PosAccountKey) -> set[StoreId]:
    """Return the connected stores with this POS account. A store that nobody can read counts as one."""
    names = [entry.store for entry in store_list.entries()]
    users = set[StoreId]()
    for start in range(0, len(names), _AT_ONCE):
        found = store_list.connections(names[start : start + _AT_ONCE])
        users |= {s for s, c in found.items() if c is None or c.pos_account.key == account}
    return users


def _wait_for_slice(deps: RemoveDeps, store: StoreId) -> None:
    """Wait until no slice writes to the store any more: the next ones find it removed. One that does not end, because
    it was killed, is not waited for longer than its time."""
    token, until = uuid4().hex, deps.clock.now_ms() + deps.patience_s * 1_000
    while (now := deps.clock.now_ms()) < until:
        turn = deps.stores.begin_slice(store, token, now, now + 1_000)
        if not turn.busy_until_ms:
            deps.stores.end_slice(
                store, token, turn
            )  # what the last slice left is for the next one
            return
        deps.clock.sleep(LOOK_EVERY_S)


def _left_pos(
    deps: RemoveDeps, account: PosAccount, done: tuple[str, ...], left: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take what is ours off a POS that is needed no more, and add in words what was done or left. It holds nothing up:
    calls of webhooks that stay are refused."""
    try:
        said = deps.leave_pos(account)
    except TillbridgeError as why:
        return done, (*left, f"Webhooks of the POS '{account.key}' may still lead here: {why}")
    return ((*done, said) if said else done), left


def _taken_off(deps: RemoveDeps, removal: Removal) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Take everything of ours off BigCommerce, unless that is done; return what was done and left, in words, and
    whether another try may help."""
    done, left, again = list[str](), list[str](), False
    entry = next(each for each in deps.removals.removed() if each.store == removal.store)
    if entry.clean:
        return (), (), False
    for what, take in deps.take_off(removal).items():
        try:
            if said := take():
                done.append(said)
        except TillbridgeError as why:
            left.append(f"{what} may still be in BigCommerce: {why}")
            again |= isinstance(why, RetryLater)
    if not left:
        deps.removals.note_clean(entry)
    return tuple(done), tuple(left), again
