"""The port PosSource over X-Series: what changed, by ascending version."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, override

import requests

from tillbridge.adapters.lightspeed_x import named, quota, shape
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.families import item_part, level_part
from tillbridge.adapters.lightspeed_x.pages import (
    PAGE,
    logged_left_out,
    next_cursor,
    read,
    versions_of,
)
from tillbridge.adapters.lightspeed_x.prices import DISCOUNT_PRODUCT, Terms, terms_of
from tillbridge.adapters.lightspeed_x.resources import missing
from tillbridge.adapters.lightspeed_x.wire import highest_of
from tillbridge.adapters.pos_session import by_halves
from tillbridge.adapters.secrets import Token
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import NeedsAttention, PosRefused
from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.ids import MemberId
from tillbridge.domain.polling import Cursor
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.spending import Spender
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_source import Outlet, PosFacts, PosSource, SourcePage

LEVELS_PAGE = 5_000
LOOKED_AT = 20
"""Living products that are read once a day to see whether the API still answers as we know it."""

_PRODUCTS, _PRODUCT, _INVENTORY = "/products", "/products/{id}", "/inventory"


class LightspeedSource(PosSource):
    """The retailer that `calls` reaches. `terms`: how to read its products; None asks the retailer once. `granted`:
    the scopes of our token, None where nobody knows them."""

    def __init__(
        self,
        calls: LightspeedCalls,
        terms: Terms | None = None,
        granted: Collection[str] | None = None,
    ) -> None:
        self._calls = calls
        self._terms = terms
        self._granted = granted

    @override
    def levels(self, after: Cursor) -> SourcePage[LevelPart]:
        def page(size: int) -> list[Any]:
            # Unless it is asked for `asc`, it lists the newest first, and a cursor would leave rows out. Without
            # those of deleted products the feed's last row could vanish, as if the POS had gone back.
            body = {
                "after": after,
                "size": size,
                "sort_direction": "asc",
                "include_deleted": True,
            }
            answer = read(self._calls, Ask("POST", _INVENTORY, body=body))
            return shape.levels_in(_INVENTORY, answer)

        rows, asked = by_halves(LEVELS_PAGE, page)
        shape.look(_INVENTORY, rows, shape.LEVEL_KEYS)
        versions = versions_of(rows)
        shape.look_at_order(_INVENTORY, rows, versions)
        parts = tuple(each for each in map(level_part, rows) if each is not None)
        left_out = logged_left_out(_INVENTORY, len(rows) - len(parts))
        return _page(after, parts, next_cursor(after, versions, None), asked, left_out)

    @override
    def items(self, after: Cursor) -> SourcePage[ItemPart]:
        terms = self._known_terms()
        body, asked = by_halves(PAGE, lambda size: self._products(after, size))
        rows = shape.products_in(_PRODUCTS, body)
        shape.look(_PRODUCTS, rows, shape.PRODUCT_KEYS)
        versions = versions_of(rows)
        shape.look_at_order(_PRODUCTS, rows, versions)
        costs_told = any(isinstance(row, dict) and "supply_price" in row for row in rows)
        found = (item_part(row, terms, costs_told=costs_told) for row in rows)
        parts = tuple(each for each in found if each is not None)
        left_out = logged_left_out(_PRODUCTS, len(rows) - len(parts))
        end = next_cursor(after, versions, highest_of(body) if rows else None)
        return _page(after, parts, end, asked, left_out)

    def _products(self, after: int, size: int) -> Any:
        query = {"after": str(after), "page_size": str(size), "deleted": "true"}
        return read(self._calls, Ask("GET", _PRODUCTS, query=query))

    @override
    def item(self, member: MemberId) -> ItemPart | None:
        """Return one row. Its brand and its parent are told as in a page."""
        body = read(self._calls, Ask("GET", _PRODUCT, (member,)))
        if body is None:
            return None
        row = body.get("data") if isinstance(body, dict) else None
        costs_told = isinstance(row, dict) and "supply_price" in row
        part = item_part(row, self._known_terms(), costs_told=costs_told)
        if part is None or part.member != member:
            raise PosRefused("The POS's answer to a look at a product is none of that product.")
        return part

    @override
    def names(self) -> Mapping[str, str]:
        few = Ask("GET", _PRODUCTS, query={"page_size": str(LOOKED_AT)})
        rows = shape.products_in(_PRODUCTS, read(self._calls, few))
        shape.look(_PRODUCTS, rows, shape.PRODUCT_KEYS, least=1)
        return named.names(self._calls)

    @override
    def outlets(self) -> Sequence[Outlet]:
        return named.outlets(self._calls)

    @override
    def facts(self) -> PosFacts:
        found = named.retailer(self._calls)
        lacking = () if self._granted is None else missing(self._granted)
        registers, calls_allowed = 1, self._calls.limit
        try:
            registers = named.registers(self._calls)
            calls_allowed = calls_allowed or quota.calls_of(registers)
        except NeedsAttention as refused:
            if refused.code != AttentionCode.POS_SCOPE_MISSING:
                raise
            lacking = tuple(dict.fromkeys((*lacking, "registers:read")))
        return PosFacts(
            name=found.name,
            currency=found.currency.code,
            tax_in_prices=not found.tax_exclusive,
            registers=registers,
            quota=calls_allowed,
            missing_scopes=lacking,
            id=found.id,
            kept={DISCOUNT_PRODUCT: found.discount_product_id},
        )

    @property
    @override
    def quota_left(self) -> Decimal | None:
        return self._calls.quota_left

    def _known_terms(self) -> Terms:
        if self._terms is None:
            found = named.retailer(self._calls)
            discounts = found.discount_product_id
            self._terms = Terms(found.currency.code, not found.tax_exclusive, discounts)
        return self._terms


def _page[P: (ItemPart, LevelPart)](
    after: Cursor, parts: tuple[P, ...], end: Cursor, asked: int, left_out: int
) -> SourcePage[P]:
    # A few rows that say no version that can stand here, and nothing behind them: as far as can be read this
    # is the end. They are met again with the next row that changes.
    return SourcePage(parts, end, asked, left_out) if end > after else SourcePage((), after, asked)


def source_of(
    account: PosAccount,
    token: Token,
    clock: Clock,
    deadline_ms: int,
    http: requests.Session,
    *,
    spender: Spender = Spender.POLL,
    granted: Collection[str] | None = None,
    told: Callable[[CallMade], None] | None = None,
) -> LightspeedSource:
    """Return the source of an X-Series account, callable until `deadline_ms` (epoch ms)."""
    calls = LightspeedCalls(
        account.address, token, clock, deadline_ms, http, spender=spender, told=told
    )
    return LightspeedSource(calls, terms_of(account.facts), granted)
