"""What a call to a store's webhook must bring: the key in its address, and a secret in a header."""

import hmac
from dataclasses import dataclass, replace
from hashlib import sha256

from tillbridge.domain.ids import StoreId

SECRET_HEADER = "x-tillbridge-hook"  # noqa: S105 - the name of a header, not its value
"""The header that BigCommerce sends back with each call, because we named it when the hook was made."""

OLD_SECRET_MS = 72 * 3_600_000
"""How long the secret before stays good. BigCommerce repeats a call for two days with the headers that
it had when it was first made, and each of our refusals counts against all hooks of the domain."""

PATH = "/hooks/bigcommerce"
"""What the path of every webhook of BigCommerce begins with; the store and the key follow."""


@dataclass(frozen=True, slots=True)
class HookAccess:
    """What a store's row says of its webhooks. `key`: the random last part of their address; blank where
    the store was never given one, and then no call is heard. `generation`: the number of the secret in
    the header; `rotated_ms`: when it last rose (epoch ms; 0: never). `signed`: the client secret of the
    API account was given, so that signatures are checked."""

    key: str = ""
    generation: int = 1
    rotated_ms: int = 0
    signed: bool = False


def rotated(access: HookAccess, now_ms: int) -> HookAccess:
    """Return the access with the next secret."""
    return replace(access, generation=access.generation + 1, rotated_ms=now_ms)


def header_secret(stack_key: bytes, store: StoreId, generation: int) -> str:
    """Return the secret that a store's webhooks carry in a header. It is derived, so that no store needs
    a secret of its own that is kept and paid for; no other store's, nor the next, follows from it."""
    told = f"webhook secret\n{store}\n{generation}".encode()
    return hmac.new(stack_key, told, sha256).hexdigest()


def good_secrets(
    stack_key: bytes, store: StoreId, access: HookAccess, now_ms: int
) -> tuple[str, ...]:
    """Return the secrets with which a call is heard now: the current one, and for 72 hours the one
    before it."""
    generations = [access.generation]
    if access.rotated_ms and now_ms - access.rotated_ms <= OLD_SECRET_MS:
        generations.append(access.generation - 1)
    return tuple(header_secret(stack_key, store, each) for each in generations)


def same_secret(shown: str, secret: str) -> bool:
    """Return whether two secrets are one, in a time that tells nothing of where they differ."""
    return bool(secret) and hmac.compare_digest(shown.encode(errors="replace"), secret.encode())


def address(base: str, store: StoreId, key: str) -> str:
    """Return the address of a store's webhooks below the stack's public address."""
    return f"{base.rstrip('/')}{PATH}/{store}/{key}"
