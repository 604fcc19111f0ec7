"""Who is heard at the address of a POS account's webhooks: who knows its path, and signs if the account's app can."""

import re
from dataclasses import dataclass, field
from hashlib import sha256

from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosKind

PATH = "/hooks/pos"
"""What the path of every webhook of a POS begins with; the kind and the path key follow."""

FACT = "hooks"
"""The name of the fact by which an account's row says which keys were made last (`mark_of`)."""

PATH_KEY_BYTES = 16
"""A path key is so many random bytes: who guesses a million addresses a second finds one in 10^25 years."""

_PATH_KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, slots=True)
class PosHookKeys:
    """The keys of one account's webhooks, each kind newest first: `paths`, the last parts of their addresses, and
    `signing`, the client secrets of the app that signs them. Without one of those, as of a token that a person
    made, the vendor signs nothing, and the path key alone is heard."""

    paths: tuple[str, ...] = field(repr=False)
    signing: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class PosDoor:
    """What an address leads to."""

    account: PosAccountKey
    kind: PosKind


def next_keys(known: PosHookKeys | None, client_secret: str, path: str) -> PosHookKeys:
    """Return the keys after an account was connected again: a new `path`, and the app's client secret, "" of a token
    without an app. The one before each is good until the account is connected the next time, because the vendor
    repeats calls for two days."""
    before = known or PosHookKeys(())
    earlier = tuple(each for each in before.signing if each != client_secret)
    signing = (client_secret, *earlier[:1]) if client_secret else ()
    return PosHookKeys((path, *before.paths[:1]), signing)


def mark_of(keys: PosHookKeys) -> str:
    """Return a text that is another one for other keys, and tells nothing of them."""
    return sha256("\n".join((*keys.paths, "", *keys.signing)).encode()).hexdigest()[:16]


def can_be_path_key(text: str) -> bool:
    """Return whether a path key may look like this: whatever does not is asked of no table."""
    return _PATH_KEY.fullmatch(text) is not None


def digest_of(path_key: str) -> str:
    """Return by what the account of a path key is found, so that no table holds the key itself."""
    return sha256(path_key.encode()).hexdigest()


def path_of(kind: PosKind, path_key: str) -> str:
    """Return the path of an account's webhooks."""
    return f"{PATH}/{kind.value}/{path_key}"


def address_of(base: str, kind: PosKind, path_key: str) -> str:
    """Return the address of an account's webhooks below the stack's public address."""
    return f"{base.rstrip('/')}{path_of(kind, path_key)}"
