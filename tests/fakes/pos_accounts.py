"""The rows of POS accounts in memory; they keep the promises of `tillbridge.ports.pos_accounts`."""

from collections.abc import Iterable
from dataclasses import replace
from threading import Lock

from tillbridge.domain.hooks.pos_access import FACT
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount


class FakePosAccounts:
    """Accounts in a dict."""

    def __init__(self, accounts: Iterable[PosAccount] = ()) -> None:
        self._lock = Lock()
        self._accounts = {each.key: each for each in accounts}

    def find(self, key: PosAccountKey) -> PosAccount | None:
        with self._lock:
            return self._accounts.get(key)

    def keep(self, account: PosAccount, seen: PosAccount | None, *, anew: bool = False) -> bool:
        with self._lock:
            there = self._accounts.get(account.key)
            if _place(there) != _place(seen):
                return False
            self._accounts[account.key] = replace(account, epoch=(seen or account).epoch + anew)
            return True


def _place(account: PosAccount | None) -> tuple[int, str, str | None] | None:
    return (account.epoch, account.address, account.facts.get(FACT)) if account else None
