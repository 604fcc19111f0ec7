"""The trouble of a POS account in the entry of a store in the list, and the store's connection as people are told of it."""

import logging

from tillbridge.adapters.dynamodb.attributes import Item, from_item, is_newer
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_trouble import PosTrouble, with_trouble

POS_TROUBLE = "pos_trouble"
"""The attribute of an entry with the trouble of the store's POS account; the function `poll` alone writes it."""

log = logging.getLogger(__name__)


def trouble_in(entry: Item | None) -> PosTrouble | None:
    """Return the trouble that an entry (DynamoDB's values) tells of; None also where that cannot be read: it must
    hide nothing else of the store."""
    if entry is None or is_newer(entry):
        return None
    try:
        return _trouble_of(entry)
    except Exception:  # whatever an odd entry raises: the store itself is shown all the same
        log.exception(
            "trouble of a POS account cannot be read", extra={"store_id": entry["sk"]["S"]}
        )
        return None


def as_told(connection: Connection | None, entry: Item | None) -> Connection | None:
    """Return a connection with the trouble that the entry of its store tells of."""
    return connection and with_trouble(connection, trouble_in(entry))


def _trouble_of(entry: Item) -> PosTrouble | None:
    if POS_TROUBLE not in entry:
        return None
    values = from_item({POS_TROUBLE: entry[POS_TROUBLE]})[POS_TROUBLE]
    return PosTrouble(PosAccountKey(values["account"]), values["code"], values["words"])
