"""What a vendor granted us: the tokens of one POS account."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PosGrant:
    """The secret of a POS account. A token that a person made in the POS is `access_token` alone; that of an OAuth
    app ends at `expires_ms` (epoch ms, 0: never) and is renewed with the rest. `scopes`: those that were
    granted, none where the vendor does not say."""

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_ms: int = 0
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scopes: tuple[str, ...] = ()
