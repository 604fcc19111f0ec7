"""The people who use the console, and who of them may do what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.ids import StoreId
from tillbridge.domain.store_names import is_store_name

EVERY_STORE = "*"
"""In a person's roles: every store of the deployment, those connected later too."""


class Role(StrEnum):
    """What a person is in a store."""

    VIEWER = "viewer"
    STAFF = "staff"
    OWNER = "owner"


class Right(StrEnum):
    """What a person may do in a store. `see`: everything there is to see. `act`: push, import, link, unlink, look
    again, undo what they asked for. `act_on_many`: the same with more than MOST_OF_STAFF products at once."""

    SEE = "see"
    ACT = "act"
    ACT_ON_MANY = "act_on_many"


MOST_OF_STAFF = 2_000
"""Products that one request of staff may name; more are an owner's decision."""

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.SEE}),
    Role.STAFF: frozenset({Right.SEE, Right.ACT}),
    Role.OWNER: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signed in: who says so (`issuer`), under which id there (`subject`), the name that others
    are shown, and the role in each store."""

    issuer: str
    subject: str
    name: str
    roles: Mapping[str, Role]

    def role_in(self, store: StoreId) -> Role | None:
        """Return the role in a store; None where the person may not know that it exists."""
        return self.roles.get(store) or self.roles.get(EVERY_STORE)

    def may(self, right: Right, store: StoreId) -> bool:
        """Return whether the person has a right in a store."""
        role = self.role_in(store)
        return role is not None and right in RIGHTS[role]


LONGEST_NAME = 100
"""Characters that are shown of a person's name."""

_RANK = {role: rank for rank, role in enumerate(Role)}


def roles_of(claim: object) -> Mapping[str, Role]:
    """Return the roles that an issuer's claim names, entries `store:role` or `*:role`; what is none is passed
    over, as an issuer's groups may be about other things. Of several roles in one store the greatest counts.

    The claim is a list, or a text as gateways hand a list on: `[a b]`, or parted by commas or blanks."""
    entries = (
        claim if isinstance(claim, list) else re.split(r"[\s,]+", str(claim or "").strip("[] "))
    )
    roles: dict[str, Role] = {}
    for entry in entries:
        store, _, role = str(entry).strip("\"'").rpartition(":")
        if role in _RANK and (store == EVERY_STORE or is_store_name(store)):
            roles[store] = max(roles.get(store, Role.VIEWER), Role(role), key=_RANK.__getitem__)
    return roles


def shown_name(*candidates: object) -> str:
    """Return the first of the names that is a text with anything to see, without control characters, cut to
    LONGEST_NAME; '' when none is."""
    for each in candidates:
        name = "".join(c for c in each if c.isprintable()).strip() if isinstance(each, str) else ""
        if name:
            return name[:LONGEST_NAME]
    return ""
