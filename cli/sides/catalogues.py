"""The products of either side, read directly from the POS and from BigCommerce."""

from collections.abc import Iterator

from cli.deployment.connections import connection_of
from cli.deployment.reaching_pos import reach
from cli.deployment.secrets import store_token
from cli.deployment.target import Target
from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.bootstrap.pos_of import open_catalogue
from tillbridge.domain.errors import StoreThrottled
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.pos_catalogue import PosCatalogue
from tillbridge.ports.store_catalogue import Page

LONG_MS = 3_600_000


def web_products(target: Target, store: StoreId, ask: Ask | None = None) -> Iterator[WebProduct]:
    """Yield the requested products, or all, 250 per call. Wait when BigCommerce throttles."""
    connection, clock = connection_of(target, store), SystemClock()
    token = store_token(target, store)
    base = f"{connection.api_url.rstrip('/')}/stores/{connection.store_hash}"
    deadline = clock.now_ms() + LONG_MS
    reader = BigCommerceCatalogue(
        Transport(base, lambda _: token, clock, deadline, new_http_session())
    )

    def page(after: int) -> Page:
        while True:
            try:
                return reader.page(ask or Ask(), after)
            except StoreThrottled as throttled:
                clock.sleep(throttled.wait)

    found = page(0)
    yield from found.products
    while found.more:
        found = page(found.last)
        yield from found.products


def pos_records(target: Target, store: StoreId) -> list[Product]:
    """Return every product of the POS that is not deleted, read 500 per call."""
    pages = pos_of(target, store).changed(0)
    return [record for page in pages for record in page.products if not record.deleted]


def pos_of(target: Target, store: StoreId) -> PosCatalogue:
    """Return the catalogue of the POS that a store is connected to."""
    account = connection_of(target, store).pos_account
    return open_catalogue(reach(target, account, LONG_MS))
