"""Every border, by the name that people would give it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.borders import (
    bigcommerce,
    lightspeed,
    lightspeed_creating,
    lightspeed_grants,
    messages,
    people,
    pos,
    pos_hooks,
    pos_orders,
    tokens_and_headers,
    webhooks,
)


@dataclass(frozen=True, slots=True)
class Border:
    """`cross` takes one odd thing across the border, at every place where it can stand, and returns
    the number of places; it fails when a good neighbour is not served. `readers` are the modules of
    `tillbridge.adapters` that read there."""

    cross: Callable[[bytes], int]
    readers: tuple[str, ...]


BORDERS: dict[str, Border] = {
    "record of the POS": Border(
        pos.record_cross,
        ("pos_cloud.client", "pos_cloud.wire", "pos_cloud.calls", "pos_session"),
    ),
    "page of the POS's feed": Border(pos.feed_cross, ("pos_cloud.feed", "pos_cloud.changes")),
    "page of the POS's catalogue": Border(pos.catalogue_cross, ("pos_cloud.catalogue",)),
    "answer of the POS to a create": Border(pos.create_cross, ("pos_cloud.catalogue",)),
    "POS that is asked for the first time": Border(pos.first_cross, ("pos_cloud.at_first",)),
    "POS that books web orders": Border(pos_orders.web_orders_cross, ("pos_cloud.web_orders",)),
    "row of X-Series": Border(
        lightspeed.rows_cross, ("lightspeed_x.families", "lightspeed_x.source", "lightspeed_x.wire")
    ),
    "page of X-Series": Border(
        lightspeed.pages_cross,
        (
            "lightspeed_x.calls",
            "lightspeed_x.named",
            "lightspeed_x.pages",
            "lightspeed_x.shape",
            "pos_session",
        ),
    ),
    "refusal of X-Series": Border(lightspeed.refusals_cross, ("lightspeed_x.errors",)),
    "list of BigCommerce products": Border(
        bigcommerce.products_cross,
        (
            "bigcommerce.catalogue",
            "bigcommerce.encoding",
            "bigcommerce.products",
            "bigcommerce.wire_product",
        ),
    ),
    "other list of BigCommerce": Border(
        bigcommerce.small_lists_cross,
        (
            "bigcommerce.categories",
            "bigcommerce.hooks",
            "bigcommerce.kept_back",
            "bigcommerce.pages",
            "bigcommerce.reader",
            "bigcommerce.wire",
        ),
    ),
    "answer of BigCommerce": Border(
        bigcommerce.answers_cross,
        (
            "bigcommerce.answer",
            "bigcommerce.call_told",
            "bigcommerce.error_map",
            "bigcommerce.images",
            "bigcommerce.options",
            "bigcommerce.variants",
            "bigcommerce.warnings",
        ),
    ),
    "list of web orders": Border(
        bigcommerce.orders_cross,
        ("bigcommerce.orders", "bigcommerce.wire_order", "bigcommerce.wire_order_lines"),
    ),
    "BigCommerce's clock": Border(bigcommerce.time_cross, ("bigcommerce.reader",)),
    "event": Border(messages.events_cross, ("messages.pos_events", "messages.envelope")),
    "request about links": Border(messages.links_cross, ("messages.link_requests",)),
    "request about web orders": Border(messages.orders_cross, ("messages.order_requests",)),
    "claim check": Border(messages.claims_cross, ("messages.claim_checks",)),
    "request to import": Border(messages.import_requests_cross, ("messages.import_requests",)),
    "message of an import": Border(messages.import_messages_cross, ("messages.import_bodies",)),
    "request to reconcile": Border(messages.reconcile_requests_cross, ("messages.reconcile",)),
    "call of a webhook": Border(webhooks.hooks_cross, ("messages.hook_bodies",)),
    "secret of webhooks": Border(webhooks.secrets_cross, ("hook_secrets",)),
    "issuer of people": Border(people.issuer_cross, ("oidc",)),
    "secret of sessions": Border(people.session_keys_cross, ("session_keys",)),
    "look of an import at X-Series": Border(
        lightspeed_creating.looks_cross,
        ("lightspeed_x.catalogue", "lightspeed_x.ensuring", "lightspeed_x.made"),
    ),
    "grant of X-Series": Border(lightspeed_grants.grants_cross, ("lightspeed_x.oauth",)),
    "secret of a vendor's POS": Border(
        lightspeed_grants.kept_grants_cross, ("pos_grants", "grants_in_secrets")
    ),
    "list of a POS's webhooks": Border(pos_hooks.hooks_cross, ("lightspeed_x.hooks",)),
    "signature of a POS's webhook": Border(pos_hooks.signatures_cross, ("lightspeed_x.signature",)),
    "keys of a POS's webhooks": Border(pos_hooks.keys_cross, ("pos_hook_secrets",)),
    "secret": Border(tokens_and_headers.secrets_cross, ("secrets",)),
    "header": Border(
        tokens_and_headers.headers_cross,
        (
            "bigcommerce.answer",
            "bigcommerce.call_told",
            "bigcommerce.transport",
            "http",
            "lightspeed_x.calls",
            "lightspeed_x.quota",
            "pos_cloud.calls",
            "pos_session",
        ),
    ),
}
