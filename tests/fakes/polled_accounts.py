"""Polled accounts in memory; they keep the promises of `tillbridge.ports.polled_accounts`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.polling import PollNote
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_trouble import PosTrouble


class FakePolledAccounts:
    """A test writes `accounts` and `stores`; `told` is what people read at each store of its account's trouble."""

    def __init__(self) -> None:
        self.accounts: dict[PosAccountKey, PosAccount] = {}
        self.notes: dict[PosAccountKey, PollNote] = {}
        self.stores: dict[PosAccountKey, list[StoreId]] = {}
        self.told: dict[StoreId, PosTrouble | None] = {}

    def find(self, account: PosAccountKey) -> tuple[PosAccount | None, PollNote]:
        return self.accounts.get(account), self.notes.get(account, PollNote())

    def all(self) -> Sequence[tuple[PosAccount, PollNote]]:
        return [(each, self.notes.get(key, PollNote())) for key, each in self.accounts.items()]

    def stores_of(self, account: PosAccountKey) -> Sequence[StoreId] | None:
        known = self.stores.get(account)
        return None if known is None else sorted(known)

    def note(self, account: PosAccountKey, note: PollNote) -> None:
        self.notes[account] = note

    def tell(self, stores: Sequence[StoreId], trouble: PosTrouble | None) -> None:
        self.told.update(dict.fromkeys(stores, trouble))

    def keep_facts(self, account: PosAccountKey, facts: Mapping[str, str]) -> None:
        if known := self.accounts.get(account):
            self.accounts[account] = replace(known, facts={**known.facts, **facts})
