"""The trouble of a POS account, as people read it at each of its stores."""

from dataclasses import dataclass, replace

from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.ids import PosAccountKey


@dataclass(frozen=True, slots=True)
class PosTrouble:
    """What a person must act on at an account: the code, and what to do in words."""

    account: PosAccountKey
    code: str
    words: str


def with_trouble(connection: Connection, trouble: PosTrouble | None) -> Connection:
    """Return a connection as people are told of it. Its drain asks no POS while nothing waits, so of a store that is
    active the trouble of its POS says that it needs attention; what stops the store itself says more. Trouble of an
    account that it had before counts no more."""
    if trouble is None or trouble.account != connection.pos_account.key:
        return connection
    if connection.state is not StoreState.ACTIVE:
        return connection
    return replace(
        connection,
        state=StoreState.NEEDS_ATTENTION,
        attention_code=trouble.code,
        attention_words=trouble.words,
    )
