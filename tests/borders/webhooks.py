"""Borders of webhooks: a call with an odd thing in it, and an odd secret beside the key of all others."""

import json
from functools import partial
from typing import Any, cast

from tests.borders.places import as_text, places_in, trouble_of, with_odd
from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tillbridge.adapters.borders.values import is_sound
from tillbridge.adapters.hook_secrets import SecretsOfHooks
from tillbridge.adapters.messages.hook_bodies import read_hook
from tillbridge.domain.errors import RetryLater

_CALL: dict[str, Any] = {
    "producer": "stores/h",
    "store_id": "1",
    "scope": "store/order/created",
    "created_at": 1_790_000_000,
    "data": {"type": "order", "id": 7},
    "hash": "h",
}
_KEY = "sesame"


def hooks_cross(odd: bytes) -> int:
    """Read calls with an odd thing at each place: what is read of them is sound, and is that of the call as
    far as it is not odd."""
    good = read_hook(json.dumps(_CALL).encode())
    assert good is not None
    for place in places_in(_CALL):
        read = read_hook(with_odd(_CALL, place, odd))
        assert read is None or is_sound(read), place
        assert read is None or place[0] == "scope" or read.scope == good.scope, place
        assert read is None or place[0] in ("scope", "data") or read.order == 7, place
    assert is_sound(read_hook(odd))
    return len(list(places_in(_CALL)))


def secrets_cross(odd: bytes) -> int:
    """Read a client secret that is odd, or holds something odd, beside the key of all stores."""
    texts = [as_text(odd), as_text(b'{"client_secret": ' + odd + b"}")]
    for text in texts:
        secrets = SecretsOfHooks(cast("Any", _Safe(text)), "t", FakeClock())
        trouble = trouble_of(partial(secrets.client_secret, STORE))
        assert trouble is None or isinstance(trouble, RetryLater)
        assert secrets.stack_key() == _KEY.encode()
    return len(texts)


class _Safe:
    def __init__(self, text: str) -> None:
        self._text = text

    def get_secret_value(self, SecretId: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        return {"SecretString": self._text if "/hooks/" in SecretId else _KEY}
