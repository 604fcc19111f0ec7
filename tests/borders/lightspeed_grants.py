"""Borders to X-Series: what its token endpoint answers, and what our own secret of an account holds."""

from functools import partial
from typing import Any, cast

from tests.borders.places import as_text, places_in, trouble_of, with_odd
from tests.builders import a_pos_account
from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.grants_in_secrets import GrantsInSecrets
from tillbridge.adapters.lightspeed_x.oauth import LightspeedOauth
from tillbridge.domain.connecting import is_token
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_grant import PosGrant

_ACCOUNT = a_pos_account("lightspeed-lantern", address="https://lantern.retail.lightspeed.app")
_HELD = PosGrant("old", "old-refresh", 1, "app", "secret", ("products:read",))
_SAID: dict[str, Any] = {
    "access_token": "new",
    "refresh_token": "newer",
    "expires_in": 86_400,
    "scope": "products:read",
}
_KEPT: dict[str, Any] = {
    "access_token": "t",
    "refresh_token": "r",
    "expires_at": 1_795_262_400,
    "client_id": "c",
    "client_secret": "s",
    "scopes": ["products:read"],
}


def grants_cross(odd: bytes) -> int:
    """Renew a grant by answers that have something odd, each followed by a good one."""
    bodies = [odd, *(with_odd(_SAID, place, odd) for place in places_in(_SAID))]
    clock = FakeClock()
    for body in bodies:
        canned = Canned([answer(200, body), *[answer(200, with_odd(_SAID, ("scope",), b'"a"'))]])
        oauth = LightspeedOauth(canned.http_session(), clock)
        got: list[PosGrant] = []
        trouble = trouble_of(lambda: got.append(oauth.refreshed(_ACCOUNT, _HELD)))  # noqa: B023 - called here
        assert trouble is None or isinstance(trouble, PosDown)
        for grant in got:
            assert is_token(grant.access_token)
            assert is_token(grant.refresh_token)
            assert 0 <= grant.expires_ms < 2**62
        assert oauth.refreshed(_ACCOUNT, _HELD).access_token == "new"
    return len(bodies)


class _Safe:
    def __init__(self, text: str) -> None:
        self._text = text

    def get_secret_value(self, SecretId: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        return {"SecretString": self._text}


def kept_grants_cross(odd: bytes) -> int:
    """Read the secret of an account that holds something odd."""
    texts = [odd, *(with_odd(_KEPT, place, odd) for place in places_in(_KEPT))]
    for text in texts:
        grants = GrantsInSecrets(cast("Any", _Safe(as_text(text))), "t")
        trouble = trouble_of(partial(grants.grant, PosAccountKey("lightspeed-lantern")))
        assert trouble is None or isinstance(trouble, NeedsAttention)
    return len(texts)
