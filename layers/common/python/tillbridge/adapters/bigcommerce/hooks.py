"""The port HookKeeper over BigCommerce's REST API: one object per store and slice."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Annotated, Any, override

from pydantic import BeforeValidator, Field

from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import every
from tillbridge.adapters.bigcommerce.store_client import StoreClient
from tillbridge.adapters.bigcommerce.wire import Number, reader
from tillbridge.adapters.borders.values import Text
from tillbridge.adapters.wire_record import Record
from tillbridge.domain.errors import Gone
from tillbridge.domain.hooks.care import StoreHook
from tillbridge.ports.hook_keeper import HookKeeper


def _texts(value: Any) -> Any:
    """Return the headers that can be compared; an odd one is as if it were not there."""
    items = value.items() if isinstance(value, dict) else ()
    return {name: text for name, text in items if isinstance(name, str) and isinstance(text, str)}


class HookRecord(Record):
    """A webhook."""

    id: Number
    scope: Text = ""
    destination: Text = ""
    headers: Annotated[dict[str, str], BeforeValidator(_texts)] = Field(default_factory=dict)
    is_active: bool = False

    def as_read(self) -> StoreHook:
        """Return the hook as the port returns it."""
        return StoreHook(self.id, self.scope, self.destination, self.headers, self.is_active)


_read = reader(HookRecord)
_ONE = "/hooks/{webhook_id}"


class BigCommerceHooks(StoreClient, HookKeeper):
    """The hooks of the store `store_hash` at `api_url`, callable until `deadline_ms` (epoch ms)."""

    @override
    def all(self) -> Sequence[StoreHook]:
        return [found.as_read() for found in every(self._transport, "/hooks", _read)]

    @override
    def create(self, hook: StoreHook) -> None:
        self._transport.send(Call("POST", "/hooks", body=_body(hook), creates=True), lambda _: None)

    @override
    def change(self, hook: StoreHook) -> None:
        call = Call("PUT", _ONE, {"webhook_id": hook.id}, body=_body(hook))
        self._transport.send(call, lambda _: None)

    @override
    def delete(self, hook: StoreHook) -> None:
        with suppress(Gone):
            self._transport.send(Call("DELETE", _ONE, {"webhook_id": hook.id}), lambda _: None)


def _body(hook: StoreHook) -> Mapping[str, Any]:
    return {
        "scope": hook.scope,
        "destination": hook.destination,
        "headers": dict(hook.headers),
        "is_active": hook.is_active,
    }
