"""Borders of a POS's webhooks: the vendor's list of them, a call's signature, and our own secret of an account."""

import hmac
from functools import partial
from hashlib import sha256
from typing import Any, cast

from tests.borders.places import as_text, places_in, trouble_of, with_odd
from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.borders.values import is_sound
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.hooks import LightspeedHooks
from tillbridge.adapters.lightspeed_x.signature import is_genuine
from tillbridge.adapters.pos_hook_secrets import PosHooksInSecrets
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.hooks.pos_access import can_be_path_key
from tillbridge.domain.hooks.pos_care import PosHook
from tillbridge.domain.ids import PosAccountKey

_GOOD = {"id": "good", "type": "product.update", "url": "https://x.example", "active": True}
_LIST: dict[str, Any] = {"data": [{**_GOOD, "id": "odd", "retailer_id": "r"}, _GOOD]}
_KEPT: dict[str, Any] = {"path_keys": ["path", "before"], "keys": ["now", "before"]}
_BODY = b"payload=%7B%7D"


def hooks_cross(odd: bytes) -> int:
    """Read lists with an odd thing at each place: the webhook beside it is there, and the odd one can be deleted."""
    places = [place for place in places_in(_LIST) if place[:2] != ("data", 1)]
    for place in places:
        canned = Canned([answer(200, with_odd(_LIST, place, odd)), *[answer(204)] * 2])
        clock = FakeClock()
        deadline = clock.now_ms() + 60_000
        calls = LightspeedCalls(
            "https://x.example", lambda _: "t", clock, deadline, canned.http_session()
        )
        hooks, got = LightspeedHooks(calls), list[PosHook]()
        trouble = trouble_of(lambda: got.extend(hooks.all()))  # noqa: B023 - called here
        assert trouble is None or isinstance(trouble, (PosDown, NeedsAttention)), place
        assert trouble is None or place == ("data",), place
        assert is_sound(got)
        assert trouble or place == ("data",) or "good" in {each.id for each in got}, place
        for each in got[:1]:
            hooks.delete(each)
    return len(places)


def signatures_cross(odd: bytes) -> int:
    """Judge calls whose signature, body or path key is odd: none of them is genuine, and a good one still is."""
    text = odd.decode("latin-1")
    good = hmac.new(b"secret", _BODY, sha256).hexdigest()
    told = [text, f"signature={text},algorithm=HMAC-SHA256", f"signature={good},algorithm={text}"]
    for each in told:
        assert not is_genuine({"x-signature": each}, _BODY, ["secret"])
    whole = {"x-signature": f"signature={good},algorithm=HMAC-SHA256"}
    assert not is_genuine(whole, odd, ["secret"])
    assert is_genuine(whole, _BODY, ["secret"])
    assert not can_be_path_key(text) or text.isascii()
    return len(told) + 1


def keys_cross(odd: bytes) -> int:
    """Read keys of which one is odd, or all: the others are good."""
    texts = [as_text(odd), *(as_text(with_odd(_KEPT, place, odd)) for place in places_in(_KEPT))]
    for text in texts:
        secrets = PosHooksInSecrets(cast("Any", _Safe(text)), "t", FakeClock())
        assert trouble_of(partial(secrets.find, PosAccountKey("a"))) is None
        keys = secrets.find(PosAccountKey("a"))
        assert keys is None or is_sound(keys)
        assert keys is None or all(keys.paths + keys.signing)
    one = as_text(with_odd(_KEPT, ("path_keys", 1), odd))
    found = PosHooksInSecrets(cast("Any", _Safe(one)), "t", FakeClock()).find(PosAccountKey("a"))
    assert found is not None
    assert found.paths[0] == "path"
    return len(texts) + 1


class _Safe:
    def __init__(self, text: str) -> None:
        self._text = text

    def get_secret_value(self, SecretId: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        return {"SecretString": self._text}
