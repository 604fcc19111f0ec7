"""Options of a product and their values, which variants are made of."""

from collections.abc import Sequence
from contextlib import suppress

from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import every
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.wire import read_option, read_option_value
from tillbridge.domain.errors import Gone
from tillbridge.domain.ids import StoreProductId
from tillbridge.ports.store_api import StoreOption

_OPTIONS = "/catalog/products/{product_id}/options"
_OPTION = _OPTIONS + "/{option_id}"


def of(transport: Transport, product: StoreProductId) -> Sequence[StoreOption]:
    """Return the options of a product. Raise Gone."""
    found = every(transport, _OPTIONS, read_option, ids={"product_id": product})
    return [option.as_read() for option in found]


def create_option(
    transport: Transport, product: StoreProductId, name: str, values: Sequence[str]
) -> StoreOption:
    """Create an option with its values by POST; this creates no variants."""
    body = {
        "product_id": product,
        "display_name": name,
        "type": "rectangles",
        "option_values": [
            {"label": label, "sort_order": place} for place, label in enumerate(values)
        ],
    }
    call = Call("POST", _OPTIONS, {"product_id": product}, body=body, creates=True)
    return transport.send(call, lambda answer: read_option(answer.one).as_read())


def add_value(transport: Transport, product: StoreProductId, option: int, label: str) -> int:
    """Add a value to an option by POST, and return its id. BigCommerce requires `sort_order`; with
    0 the ids decide the order."""
    call = Call(
        "POST",
        _OPTION + "/values",
        {"product_id": product, "option_id": option},
        body={"label": label, "sort_order": 0},
        creates=True,
    )
    return transport.send(call, lambda answer: read_option_value(answer.one).id)


def delete_option(transport: Transport, product: StoreProductId, option: int) -> None:
    """Delete an option; return when it is gone already."""
    call = Call("DELETE", _OPTION, {"product_id": product, "option_id": option})
    with suppress(Gone):
        transport.send(call, lambda _: None)
