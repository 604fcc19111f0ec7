"""The secret of a POS account as JSON (docs/security.md). No error quotes one."""

import json
from typing import Any

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded
from tillbridge.domain.pos_grant import PosGrant


def grant_json(grant: PosGrant) -> str:
    """Return the text of the secret. Of a token that a person made it holds that token alone."""
    held: dict[str, Any] = {"access_token": grant.access_token}
    if grant.refresh_token:
        held |= {
            "refresh_token": grant.refresh_token,
            "expires_at": grant.expires_ms // 1_000,
            "client_id": grant.client_id,
            "client_secret": grant.client_secret,
            "scopes": list(grant.scopes),
        }
    return json.dumps(held)


def grant_of(text: str) -> PosGrant | None:
    """Return what a secret holds, None where it has no access token."""
    try:
        held = decoded(text)
    except NotJsonError:
        return None
    token = _text(held, "access_token").strip() if isinstance(held, dict) else ""
    if not token:
        return None
    ends, scopes = held.get("expires_at"), held.get("scopes")
    return PosGrant(
        token,
        _text(held, "refresh_token"),
        ends * 1_000 if type(ends) is int else 0,
        _text(held, "client_id"),
        _text(held, "client_secret"),
        tuple(map(str, scopes)) if isinstance(scopes, list) else (),
    )


def _text(held: dict[str, Any], name: str) -> str:
    value = held.get(name)
    return value if isinstance(value, str) else ""
