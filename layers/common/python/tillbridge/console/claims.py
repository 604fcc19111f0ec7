"""From the claims of a token to the person they tell of. Nothing here checks a token: claims come from one
that was checked."""

import re
from collections.abc import Iterator, Mapping

from tillbridge.domain.people import EVERY_STORE, Person, Role

STORE = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
"""The pattern of a store's id in addresses and claims."""

LONGEST_NAME = 100
LONGEST_ID = 255

_ENTRY = re.compile(rf"({STORE}|{re.escape(EVERY_STORE)}):({'|'.join(Role)})")
_BETWEEN = re.compile(r"[\s,]+")
_NAMES = ("name", "preferred_username", "cognito:username", "email")
_RANK = {role: rank for rank, role in enumerate(Role)}


def person_of_claims(claims: Mapping[str, object], claim_name: str) -> Person | None:
    """Return the person of a token's claims; None when they name nobody, or give no role in any store.

    The claim `claim_name` has entries `store:role` or `*:role`, as a list or as one text with blanks or commas
    between them, in brackets or not: API Gateway hands a list on as "[a b]". Other entries are left out.
    Of two roles in one store the larger holds."""
    issuer, subject = _id(claims.get("iss")), _id(claims.get("sub"))
    roles = _roles(claims.get(claim_name))
    if not (issuer and subject and roles):
        return None
    names = (_shown(claims.get(each)) for each in _NAMES)
    return Person(issuer, subject, next(filter(None, names), _shown(subject)), roles)


def _roles(claim: object) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for entry in _entries(claim):
        if match := _ENTRY.fullmatch(entry):
            store, role = match[1], Role(match[2])
            found[store] = max(role, found.get(store, role), key=_RANK.__getitem__)
    return found


def _entries(claim: object) -> Iterator[str]:
    """Yield the entries. One of a list is taken whole: a blank in a group's name makes no second entry."""
    if isinstance(claim, str):
        yield from (part.strip("\"'") for part in _BETWEEN.split(claim.strip().strip("[]")))
    elif isinstance(claim, list | tuple):
        yield from (entry for entry in claim if isinstance(entry, str))


def _id(claim: object) -> str:
    """Return who somebody is; "" for what is none, for a longer one would be another's when cut."""
    readable = isinstance(claim, str) and claim.isprintable() and len(claim) <= LONGEST_ID
    return str(claim).strip() if readable else ""


def _shown(claim: object) -> str:
    """Return a name fit to be shown and kept: without what controls a screen or cannot be encoded."""
    text = claim if isinstance(claim, str) else ""
    return "".join(each for each in text if each.isprintable()).strip()[:LONGEST_NAME]
