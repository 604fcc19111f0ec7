"""Renew what a vendor's POS granted: its one caller is the function `poll`, one poll of an account at a time.

Each refresh token is good for one use, so the answer is kept before anything else is done. Between the vendor's
answer and the write lies the only moment in which a killed function loses the account: then the old token is
dead, nobody has the new one, and a person connects the POS again (docs/adr/0061-created-once-renewed-by-one.md)."""

import hashlib
import logging
from dataclasses import dataclass, field

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, RetryLater
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_access import PosAccess
from tillbridge.ports.pos_grants import PosGrants

log = logging.getLogger(__name__)

LEAST_LEFT_MS = 6 * 3_600_000
"""A grant with less time than this left is renewed. One lasts 24 h, so an outage of six hours costs nothing."""

LOOKS = 3
"""So often the secret is looked at, a second apart, before a refused refresh token is believed dead: somebody
else may be keeping a new one just now."""

_LONGEST_PAUSE_S = 2.0


@dataclass(slots=True)
class WarmGrants:
    """What a warm function knows of grants. `unsaved`: renewed ones that could not be kept, with a digest of the
    refresh token in whose place each stands. `dead`: the refusals of refresh tokens, by digest; they are not tried
    again, for a vendor's token endpoint has a small limit of its own."""

    unsaved: dict[PosAccountKey, tuple[str, PosGrant]] = field(default_factory=dict)
    dead: dict[str, NeedsAttention] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RenewDeps:
    """What renewing needs. A grant that cannot be kept is tried again until `deadline_ms` (epoch ms)."""

    grants: PosGrants
    access: PosAccess
    clock: Clock
    deadline_ms: int
    warm: WarmGrants = field(default_factory=WarmGrants)


def refresh_when_due(account: PosAccount, deps: RenewDeps, now_ms: int) -> None:
    """Renew a grant that ends in less than six hours; any other stays. Called at the start of each poll.

    Raise NeedsAttention (`pos_token_dead`) when the refresh token is dead, with the command that connects the POS
    again; and RetryLater when neither the old access token lives nor a new one could be had or kept."""
    grant = _kept(account, deps)
    left_ms = grant.expires_ms - now_ms
    if not grant.refresh_token or left_ms > LEAST_LEFT_MS:
        return
    try:
        _renew(account, grant, deps)
    except RetryLater as trouble:
        if left_ms <= 0:
            raise
        log.warning("access not renewed", extra={"account": account.key, "why": str(trouble)})


def renew(account: PosAccount, deps: RenewDeps) -> bool:
    """Renew a grant now, because the POS refused its access token though it was read anew. Return False where
    there is nothing to renew: a person made the token in the POS. Raise as `refresh_when_due` does."""
    grant = _kept(account, deps)
    if not grant.refresh_token:
        return False
    _renew(account, grant, deps)
    return True


def _kept(account: PosAccount, deps: RenewDeps) -> PosGrant:
    """Return the grant that is kept, after one was kept that an earlier poll of this warm function could not."""
    grant = deps.grants.grant(account.key)
    digest, unsaved = deps.warm.unsaved.get(account.key, ("", grant))
    if digest == _digest(grant):
        _keep(account, digest, unsaved, deps)
        return unsaved
    deps.warm.unsaved.pop(account.key, None)  # a person has connected it again meanwhile
    return grant


def _renew(account: PosAccount, grant: PosGrant, deps: RenewDeps) -> None:
    digest = _digest(grant)
    if (before := deps.warm.dead.get(digest)) is not None:
        raise before.with_traceback(None)
    try:
        renewed = deps.access.refreshed(account, grant)
    except NeedsAttention as refusal:
        if refusal.code != AttentionCode.POS_TOKEN_DEAD:
            raise
        if _kept_by_another(account, digest, deps):
            return
        deps.warm.dead[digest] = refusal
        log.exception("access to the POS is lost", extra={"account": account.key})
        raise
    _keep(account, digest, renewed, deps)
    log.info("access renewed", extra={"account": account.key, "until_ms": renewed.expires_ms})


def _kept_by_another(account: PosAccount, digest: str, deps: RenewDeps) -> bool:
    """Return whether another grant is kept by now: of a person who connected the POS again, or of a poll that ran
    at the same time after all."""
    for _ in range(LOOKS):
        if _digest(deps.grants.grant(account.key)) != digest:
            return True
        deps.clock.sleep(1.0)
    return False


def _keep(account: PosAccount, digest: str, renewed: PosGrant, deps: RenewDeps) -> None:
    deps.warm.unsaved[account.key] = digest, renewed
    pause = 0.1
    while not _is_another_kept(account, digest, deps):
        try:
            deps.grants.put(account.key, renewed)
            break
        except (RetryLater, NeedsAttention):
            # Whatever it is: with this grant goes the account, so no trouble ends the tries before time does.
            if deps.clock.now_ms() + pause * 1_000 >= deps.deadline_ms:
                log.exception("renewed access not kept", extra={"account": account.key})
                raise
        deps.clock.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE_S)
    del deps.warm.unsaved[account.key]


def _is_another_kept(account: PosAccount, digest: str, deps: RenewDeps) -> bool:
    """Return whether the grant that was renewed is not the one that is kept any more: what a person gives meanwhile
    stays. Where nobody can look, the renewed one is kept, for the account goes with it."""
    try:
        other = _digest(deps.grants.grant(account.key)) != digest
    except (RetryLater, NeedsAttention):
        return False
    if other:
        log.info("access was given anew while it was renewed", extra={"account": account.key})
    return other


def _digest(grant: PosGrant) -> str:
    return hashlib.sha256(grant.refresh_token.encode()).hexdigest()
