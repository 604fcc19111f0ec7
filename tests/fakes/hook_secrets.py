"""The secrets of webhooks in memory; they keep the promises of `tillbridge.ports.hook_secrets`."""

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.ports.hook_secrets import ClientSecret


class FakeHookSecrets:
    """`client_secrets` by store; `unreadable`: nothing can be read now."""

    def __init__(self, key: bytes = b"stack-key") -> None:
        self.key = key
        self.client_secrets: dict[StoreId, ClientSecret] = {}
        self.unreadable = False

    def stack_key(self) -> bytes:
        self._need_readable()
        return self.key

    def client_secret(self, store: StoreId) -> ClientSecret:
        self._need_readable()
        if store not in self.client_secrets:
            raise RetryLater("there is none")
        return self.client_secrets[store]

    def _need_readable(self) -> None:
        if self.unreadable:
            raise RetryLater("the secrets cannot be read")
