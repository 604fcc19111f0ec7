"""The account: one retailer of Lightspeed Retail (X-Series) over the shop of sandbox/pos."""

import threading
from random import Random
from typing import Any

from sandbox.lightspeed_x.state.book import Book
from sandbox.lightspeed_x.state.call_log import CallLog
from sandbox.lightspeed_x.state.config import AccountConfig
from sandbox.lightspeed_x.state.hazards import Hazards
from sandbox.lightspeed_x.state.hook_book import HookBook
from sandbox.lightspeed_x.state.images import Images
from sandbox.lightspeed_x.state.names import NameBooks, NamedRow
from sandbox.lightspeed_x.state.quota import Quota, limit_of
from sandbox.lightspeed_x.state.recording import Recording
from sandbox.lightspeed_x.state.tokens import Tokens
from sandbox.lightspeed_x.state.versions import Versions
from sandbox.pos.cloud import PosCloud
from sandbox.pos.model import Product

UNDATED = ("2.0", "2.1")
LIVE = ("2026-07", "2026-10")
"""The dated versions that are alive, oldest first."""
TOKEN_CALLS, TOKEN_WINDOW_S = 10, 60.0
"""The token endpoint has a small limit of its own (fact 12)."""


class Account:
    """Everything that the wire shows, made from the shop. Hold `lock` while reading or writing."""

    def __init__(self, cloud: PosCloud, config: AccountConfig | None = None) -> None:
        self.cloud = cloud
        self.config = config or AccountConfig()
        clock = self.config.clock
        self.lock: threading.RLock = cloud.catalogue.lock
        self.versions = Versions(self.config.seed)
        self.images = Images(clock, self.config.images_after_s)
        self.hooks = HookBook(clock, Random(self.config.seed))
        self.names = NameBooks(cloud.catalogue, self.versions)
        self.hazards = Hazards()
        self.book = Book(
            self.versions, self.images, self.hooks.note, lambda: self.hazards.plan.stock_bumps
        )
        self.chosen: dict[str, dict[str, NamedRow]] = {}
        """By product: the vendor and the department that it was made with, of several of one name."""
        self.tokens = Tokens(clock)
        self.tokens.add_personal(self.config.token, self.config.scopes)
        self.quota = Quota(limit_of(self.config.registers), self.config.window_s, clock)
        self.token_quota = Quota(TOKEN_CALLS, TOKEN_WINDOW_S, clock)
        self.calls = CallLog()
        self.recording = Recording(self.config.record)
        self.live = list(LIVE)
        with self.lock:
            for product in cloud.catalogue.page(0, len_of(cloud), include_deleted=True)[0]:
                self._follow(product)
            cloud.catalogue.watchers.append(self._follow)
            cloud.emitter.listeners.append(self._told)

    def served(self, version: str) -> str | None:
        """Return the wire that answers a version; None if no such version was ever there.

        An expired or unknown date is answered by the oldest live version (fact 16).
        """
        if version in (*UNDATED, *self.live):
            return version
        return self.live[0] if _is_date(version) else None

    def settle(self) -> None:
        """Carry out what is due by now: images that are done."""
        self.hooks.tell("image", {}, self.book.finish_images())

    def member_id(self, product_id: str, variant_id: str | None = None) -> str:
        """Return the id on the wire of a product, or of one of its variants, of the shop."""
        with self.lock:
            return self.book.families.members(product_id)[variant_id or ""]

    def shop_unit(self, member: str) -> tuple[str, str | None]:
        """Return what the shop calls a member, or called it before it was deleted: its product and its variant. Raises
        KeyError."""
        with self.lock:
            row = self.book.products.find(member)
        if row is None:
            raise KeyError(member)
        return row.record.id, row.variant.id if row.variant else None

    def _follow(self, product: Product) -> None:
        if product.department:
            self.names.categories.ensure(product.department.name)
        if product.vendor:
            self.names.suppliers.ensure(product.vendor.name)
        if product.brand.strip():
            self.names.brands.ensure(product.brand)
        for option in product.options:
            self.names.attributes.ensure(option.name)
        self.book.follow(product)

    def _told(self, cause: str, data: dict[str, Any], products: list[dict[str, Any]]) -> None:
        with self.lock:
            self.hooks.tell(cause, data, [each["product_id"] for each in products])


def len_of(cloud: PosCloud) -> int:
    """Return a page size that holds the whole shop."""
    return cloud.catalogue.version + 1


def _is_date(version: str) -> bool:
    year, dash, month = version.partition("-")
    return bool(dash) and year.isdigit() and len(year) == 4 and month.isdigit() and len(month) == 2
