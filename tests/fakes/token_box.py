"""Where tokens are put, in memory; it keeps the promises of `ports.token_box`."""

from tillbridge.adapters.pos_grants import grant_json
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_grant import PosGrant


class FakeTokenBox:
    """`kept`: by name, as secrets have them. `death` is raised once `dies_after` tokens were put."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.gone: set[PosAccountKey] = set()
        self.dies_after = 0
        self.death: type[Exception] | None = None

    def put_store_token(self, store: StoreId, token: str) -> None:
        self._put(f"store/{store}", token)

    def put_pos_token(self, account: PosAccountKey, token: str) -> None:
        self._put(f"pos/{account}", token)

    def put_pos_grant(self, account: PosAccountKey, grant: PosGrant) -> None:
        self._put(f"pos/{account}", grant_json(grant))

    def keep_pos_token(self, account: PosAccountKey) -> bool:
        return account not in self.gone

    def drop(self, store: StoreId, account: PosAccountKey | None) -> None:
        self.kept.pop(f"store/{store}", None)
        if account:
            self.kept.pop(f"pos/{account}", None)

    def _put(self, name: str, token: str) -> None:
        if self.death and len(self.kept) >= self.dies_after:
            raise self.death
        self.kept[name] = token
