"""`/webhooks`: what may be subscribed to, and where it goes."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field

from sandbox.lightspeed_x.calls.bodies import Shape, body_of
from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.refusal import Refusal, invalid, not_found
from sandbox.lightspeed_x.state.hook_book import Hook
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.wire.json_text import Json

Type = Literal[
    "sale.update",
    "product.update",
    "customer.update",
    "inventory.update",
    "register_closure.create",
    "consignment.send",
    "consignment.receive",
]


class WebhookBody(Shape):
    """What is subscribed to, where it goes, and whether it is on."""

    active: bool
    type: Type
    url: str = Field(min_length=3)


def list_hooks(call: Call) -> Answer:
    """GET every webhook."""
    return Answer({"data": [_json(call, hook) for hook in call.account.hooks.hooks.values()]})


def get_hook(call: Call) -> Answer:
    """GET one webhook."""
    return Answer({"data": _json(call, _known(call))})


def post_hook(call: Call) -> Answer:
    """POST a webhook. Raises Refusal 409 for a type and address that are there."""
    body, book = body_of(call, WebhookBody), call.account.hooks
    if urlsplit(body.url).scheme not in ("http", "https"):
        raise invalid("url is an address of the web.")
    if any((hook.type, hook.url) == (body.type, body.url) for hook in book.hooks.values()):
        raise Refusal(409, "conflict", "A webhook with this type and URL already exists.")
    made = made_id("hook", body.type, body.url, str(call.account.versions.next()))
    book.hooks[made] = Hook(made, body.type, body.url, body.active, by_app=call.by_app)
    return Answer({"data": _json(call, book.hooks[made])}, 201)


def put_hook(call: Call) -> Answer:
    """PUT a webhook."""
    hook, body = _known(call), body_of(call, WebhookBody)
    hook.type, hook.url, hook.active = body.type, body.url, body.active
    return Answer({"data": _json(call, hook)})


def delete_hook(call: Call) -> Answer:
    """DELETE a webhook."""
    del call.account.hooks.hooks[_known(call).id]
    return Answer()


def _known(call: Call) -> Hook:
    hook = call.account.hooks.hooks.get(call.params["webhook_id"])
    if hook is None:
        raise not_found("The webhook")
    return hook


def _json(call: Call, hook: Hook) -> Json:
    return {
        "id": hook.id,
        "retailer_id": made_id("retailer", call.account.config.prefix),
        "type": hook.type,
        "url": hook.url,
        "active": hook.active,
    }
