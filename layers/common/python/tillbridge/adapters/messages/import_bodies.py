"""The messages of an import as text. Products are compressed, so that 25 of them stay far below the
size that a queue takes."""

import base64
import json
import zlib
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import Ask, BatchMessage, ImportMessage, PageMessage
from tillbridge.domain.web_product import WebProduct

MOST_BYTES = 200_000
"""A larger batch is sent as two messages; SQS takes at least 256 KB in every region."""

_products: TypeAdapter[tuple[WebProduct, ...]] = TypeAdapter(tuple[WebProduct, ...])
_ask: TypeAdapter[Ask] = TypeAdapter(Ask)


def texts_of(message: ImportMessage) -> list[str]:
    """Return the message as one text, or as several when its products are too long for one."""
    text = _text(message)
    if len(text) <= MOST_BYTES or isinstance(message, PageMessage) or len(message.products) < 2:
        return [text]
    middle = len(message.products) // 2
    halves = (message.products[:middle], message.products[middle:])
    return [
        each
        for half in halves
        for each in texts_of(BatchMessage(message.request, message.store, half, message.attempts))
    ]


def message_of(values: dict[str, Any]) -> ImportMessage:
    """Return the message that a decoded text holds. Raise UnreadableEvent."""
    try:
        request, store = str(values["request"]), StoreId(str(values["store_id"]))
        attempts = int(values["attempts"])
        if values["kind"] == "page":
            ask = _ask.validate_python(values["ask"])
            return PageMessage(request, store, ask, int(values["after"]), attempts)
        packed = base64.b64decode(values["products"], validate=True)
        products = _products.validate_json(zlib.decompress(packed))
        return BatchMessage(request, store, products, attempts)
    except (ValidationError, ValueError, KeyError, TypeError, zlib.error) as problem:
        raise UnreadableEvent(f"A message of an import cannot be read: {problem}") from problem


def _text(message: ImportMessage) -> str:
    values: dict[str, Any] = {
        "store_id": message.store,
        "request": message.request,
        "attempts": message.attempts,
    }
    if isinstance(message, PageMessage):
        values |= {"kind": "page", "after": message.after, "ask": _ask.dump_python(message.ask)}
    else:
        packed = zlib.compress(_products.dump_json(message.products, exclude_defaults=True))
        values |= {"kind": "batch", "products": base64.b64encode(packed).decode()}
    return json.dumps(values)
