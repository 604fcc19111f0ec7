"""The secrets by which a call to a webhook is known."""

from dataclasses import dataclass, field
from typing import Protocol

from tillbridge.domain.ids import StoreId


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """The client secret of a store's API account, which signs its webhooks. `required`: a call without a
    signature is refused."""

    text: str = field(repr=False)
    required: bool = False


class HookSecrets(Protocol):
    """One deployment. Each raises RetryLater when its secret cannot be read, or holds none."""

    def stack_key(self) -> bytes:
        """Return the key of the deployment, from which the secrets in headers are derived."""
        ...

    def client_secret(self, store: StoreId) -> ClientSecret:
        """Return the client secret that was given for a store."""
        ...
