"""The people who use the console, and who of them may do what."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.ids import StoreId

EVERY_STORE = "*"
"""In a person's roles: every store of the deployment, those connected later too."""


class Role(StrEnum):
    """What a person is in a store."""

    VIEWER = "viewer"
    STAFF = "staff"
    OWNER = "owner"


class Right(StrEnum):
    """What a person may do in a store. `see`: everything there is to see. `act`: push, import, link, unlink, look
    again, undo what they asked for. `act_on_many`: the same with more than MOST_OF_STAFF products at once.
    `read_letters`: read messages that nobody could work on. `decide`: accept drift, repair, let a run that was
    held go on, undo what others asked for, send letters again or discard them. `configure`: settings, hold and
    release, tokens, connecting and removing a store."""

    SEE = "see"
    ACT = "act"
    ACT_ON_MANY = "act_on_many"
    READ_LETTERS = "read_letters"
    DECIDE = "decide"
    CONFIGURE = "configure"


MOST_OF_STAFF = 2_000
"""Products that one request of staff may name; more are an owner's decision."""

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.SEE}),
    Role.STAFF: frozenset({Right.SEE, Right.ACT, Right.READ_LETTERS}),
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
