"""The messages of an import as text. Products are compressed, so that 25 of them stay far below the
size that a queue takes."""

import base64
import json
import zlib
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tillbridge.adapters.borders.json_texts import is_broken
from tillbridge.adapters.borders.values import complaint, is_sound, whole_number
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import Ask, BatchMessage, ImportMessage, PageMessage
from tillbridge.domain.web_product import WebProduct

MOST_BYTES = 200_000
"""A larger batch is sent as two messages; SQS takes at least 256 KB in every region."""

MOST_UNPACKED = 16 * 1024 * 1024
"""The most bytes of a message's products: 25 with the longest descriptions and 600 variants each are
about 6 MB."""

_products: TypeAdapter[tuple[WebProduct, ...]] = TypeAdapter(tuple[WebProduct, ...])
_ask: TypeAdapter[Ask] = TypeAdapter(Ask)
_whole = whole_number(0, 2**53 - 1)


def texts_of(message: ImportMessage) -> list[str]:
    """Return the message as one text, or as several when its products are too long for one."""
    text = _text(message)
    if len(text) <= MOST_BYTES or isinstance(message, PageMessage) or len(message.products) < 2:
        return [text]
    middle = len(message.products) // 2
    halves = (message.products[:middle], message.products[middle:])
    return [each for half in halves for each in texts_of(replace(message, products=half))]


def message_of(values: Any) -> ImportMessage:
    """Return the message that a decoded text holds. Raise UnreadableEvent."""
    try:
        request, store = _name(values["request"]), StoreId(_name(values["store_id"]))
        attempts, by = _whole(values["attempts"]), _name(values.get("by", ""))
        if values["kind"] == "page":
            ask = _sound(_ask.validate_python(values["ask"]))
            return PageMessage(request, store, ask, _whole(values["after"]), attempts, by)
        packed = base64.b64decode(values["products"], validate=True)
        return BatchMessage(request, store, _products_in(packed), attempts, by)
    except ValidationError as problem:
        why = complaint(problem)
        raise UnreadableEvent(f"A message of an import cannot be read: {why}.") from problem
    except (ValueError, KeyError, TypeError, ArithmeticError, zlib.error) as problem:
        raise UnreadableEvent(f"A message of an import cannot be read: {problem!r}.") from problem


def _products_in(packed: bytes) -> tuple[WebProduct, ...]:
    return _sound(_products.validate_json(_unpacked(packed)))


def _sound[T](value: T) -> T:
    if not is_sound(value):
        raise ValueError("a text or number is out of all bounds")
    return value


def _unpacked(packed: bytes) -> bytes:
    stream = zlib.decompressobj()
    text = stream.decompress(packed, MOST_UNPACKED)
    if not stream.eof:
        raise ValueError("the products are cut off, or unpack into too many bytes")
    return text


def _name(value: Any) -> str:
    if not isinstance(value, str) or is_broken(value):
        raise TypeError("a name is no text")
    return value


def _text(message: ImportMessage) -> str:
    values: dict[str, Any] = {
        "store_id": message.store,
        "request": message.request,
        "attempts": message.attempts,
        "by": message.by,
    }
    if isinstance(message, PageMessage):
        values |= {"kind": "page", "after": message.after, "ask": _ask.dump_python(message.ask)}
    else:
        packed = zlib.compress(_products.dump_json(message.products, exclude_defaults=True))
        values |= {"kind": "batch", "products": base64.b64encode(packed).decode()}
    return json.dumps(values)
