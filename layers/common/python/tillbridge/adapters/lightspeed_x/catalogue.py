"""The port PosCatalogue over X-Series: reads from the mirror of the account, writes by calls of its API.

X-Series has no key that makes a create safe to repeat, and a create answers nothing but ids. So the SKU that was
reserved for a product is its mark: who comes again looks for it first."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, override

import requests

from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.creating import NamedIds, new_body, refuse_inexact
from tillbridge.adapters.lightspeed_x.ensuring import NamesOfPos
from tillbridge.adapters.lightspeed_x.made import (
    PRODUCT,
    PRODUCTS,
    FoundRow,
    MadeProduct,
    made_of,
    root_of,
    with_name,
    with_sku,
)
from tillbridge.adapters.lightspeed_x.named import retailer
from tillbridge.adapters.lightspeed_x.prices import terms_of
from tillbridge.adapters.lightspeed_x.reading_back import Mirrored, read_back
from tillbridge.adapters.lightspeed_x.wire import id_of
from tillbridge.adapters.pos_mirror.pos import MirrorFeed, MirrorPos
from tillbridge.adapters.pos_session import body_of
from tillbridge.adapters.secrets import Token
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import LostReply, NeedsAttention, PosDown, Refused
from tillbridge.domain.ids import MemberId, PosProductId
from tillbridge.domain.new_product import ADOPTED, CreatedRecord, NewProduct
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.product import Product
from tillbridge.domain.spending import Spender
from tillbridge.ports.pos_catalogue import PosCatalogue, ReadBack, Taken
from tillbridge.ports.pos_feed import PosPage

RENEWED_S = 30.0
"""When a message is tried again whose token was refused: a poll renews it first."""

STILL_TRACKED = "it was created, but the POS goes on counting its stock, which BigCommerce does not; switch that off in the POS"
"""It is not linked then, for its first push would sell it out online. The next import offers to link it."""

MOST_SKUS = 3
"""So many SKUs of a refused product are looked for; X-Series mostly names the one that it means."""


class LightspeedCatalogue(PosCatalogue):
    """The retailer that `calls` reaches, and its mirror. `tax_in_prices`: its prices, and so ours, include tax; None
    asks the retailer, before the first create."""

    def __init__(
        self, calls: LightspeedCalls, mirrored: Mirrored, *, tax_in_prices: bool | None
    ) -> None:
        self._calls = calls
        self._mirrored = mirrored
        self._tax_in_prices = tax_in_prices
        self._names = NamesOfPos(calls)
        self._made: dict[str, MadeProduct] = {}

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        return MirrorPos(self._mirrored.reads, self._mirrored.account).products(ids)

    @override
    def changed(self, since: int) -> Iterator[PosPage]:
        return MirrorFeed(self._mirrored.reads, self._mirrored.account).pages(since)

    @override
    def ensure_department(self, name: str) -> str:
        with self._renewed():
            return self._names.category(name)

    @override
    def ensure_vendor(self, name: str) -> str:
        with self._renewed():
            return self._names.supplier(name)

    @override
    def create(self, product: NewProduct, *, again: bool) -> CreatedRecord:
        """Create a product with one call, and one more to learn which variant leads, or to have its stock not
        counted. Which version it got, `read_back` says."""
        refuse_inexact(product)
        with self._renewed():
            made = self._made_before(product) if again else None
        if made is None:
            if holder := self._mirrored.reads.named(self._mirrored.account, product.name):
                raise Taken("name_taken", holder)
            with self._renewed():
                made = self._make(product, again=again)
        if made.tracked and not product.track_stock:
            with self._renewed():
                self._stop_tracking(made)
        self._made[made.root] = made
        return CreatedRecord(made.root, ADOPTED)

    @override
    def read_back(self, made: Sequence[CreatedRecord]) -> Mapping[str, ReadBack]:
        return read_back(self._mirrored, made, self._made)

    def _made_before(self, product: NewProduct) -> MadeProduct | None:
        """Return what an earlier try made of the product, None where it made nothing."""
        row = with_sku(self._calls, _skus(product)[0])
        if row is None:
            return None
        if not row.came_from(product.external_id):
            raise Taken("sku_taken", row.root)
        return made_of(row)

    def _make(self, product: NewProduct, *, again: bool) -> MadeProduct:
        names = {name for each in product.variants for name, _ in each.options}
        ids = NamedIds(
            self._names.brand(product.brand) if product.brand.strip() else "",
            {name: self._names.attribute(name) for name in sorted(names)},
        )
        body = new_body(product, ids, tax_in_prices=self._with_tax())
        try:
            answer = self._calls.send(Ask("POST", PRODUCTS, body=body, repeatable=False))
        except Refused as refusal:
            self._names.forget()
            return self._made_after_all(product, refusal, again=again)
        members = _ids_in(body_of(answer))
        if not members:
            raise LostReply("The POS's answer to a create has no id.")
        root = root_of(self._calls, members[0]) if product.variants else members[0]
        return MadeProduct(root, frozenset(map(MemberId, members)), whole=True)

    def _made_after_all(self, product: NewProduct, refusal: Refused, *, again: bool) -> MadeProduct:
        """Return the product when it is there after all: a call that was believed lost came late. Else raise what the
        refusal means, which X-Series does not say by a code: a SKU or a name that another product
        has, or the refusal itself."""
        for sku in _suspects(product, refusal):
            row = with_sku(self._calls, sku)
            if row is not None and (row.source_id or again) and row.came_from(product.external_id):
                return made_of(row)
            if row is not None:
                raise Taken("sku_taken", row.root) from refusal
        row = with_name(self._calls, product.name)
        if row is not None:
            raise Taken("name_taken", self._family_of(row)) from refusal
        if again and _names_ours(product, refusal):
            raise PosDown("The POS does not show yet what it says is there.") from refusal
        raise refusal

    def _family_of(self, row: FoundRow) -> str:
        mirrored, member = self._mirrored, MemberId(row.id)
        return mirrored.reads.families_of(mirrored.account, [member]).get(member, row.root)

    def _stop_tracking(self, made: MadeProduct) -> None:
        # A create cannot say it; and a product that is tracked at level 0 would be sold out online.
        body = {"common": {"track_inventory": False}}
        try:
            answer = self._calls.send(Ask("PUT", PRODUCT, (made.root,), body=body))
        except Refused as refusal:
            raise Refused(refusal.status, f"{STILL_TRACKED} ({refusal.said})") from refusal
        if answer.status == 404:
            raise PosDown("The POS does not show yet what it has just created.")

    def _with_tax(self) -> bool:
        if self._tax_in_prices is None:
            self._tax_in_prices = not retailer(self._calls).tax_exclusive
        return self._tax_in_prices

    @contextmanager
    def _renewed(self) -> Iterator[None]:
        """Have a poll renew a token that X-Series refuses though it was read anew, and the message tried again."""
        try:
            yield
        except NeedsAttention as refusal:
            if refusal.code != AttentionCode.POS_TOKEN_DEAD:
                raise
            self._mirrored.pokes.poke(self._mirrored.account)
            words = "The POS refuses our access token, which is being renewed."
            raise PosDown(words, RENEWED_S) from refusal


def _skus(product: NewProduct) -> tuple[str, ...]:
    """Return the SKUs that X-Series is told: a family has none but its variants'."""
    return tuple(each.sku for each in product.variants) or (product.sku,)


def _suspects(product: NewProduct, refusal: Refused) -> list[str]:
    first, *others = _skus(product)
    said = refusal.said.casefold()
    return [first, *(sku for sku in others if sku.casefold() in said)][:MOST_SKUS]


def _names_ours(product: NewProduct, refusal: Refused) -> bool:
    """Return whether a refusal speaks of our name or SKU: after a lost answer it may be what we made ourselves."""
    said = refusal.said.casefold()
    return any(each.casefold() in said for each in (product.name, *_skus(product)))


def _ids_in(body: Any) -> list[str]:
    data = body.get("data") if isinstance(body, dict) else None
    rows = data if isinstance(data, list) else [data]
    found = (id_of(each if isinstance(each, dict) else {"id": each}) for each in rows)
    return [each for each in found if each is not None]


def catalogue_of(
    account: PosAccount, token: Token, http: requests.Session, mirrored: Mirrored
) -> LightspeedCatalogue:
    """Return the catalogue of an X-Series account."""
    calls = LightspeedCalls(
        account.address,
        token,
        mirrored.clock,
        mirrored.deadline_ms,
        http,
        spender=Spender.IMPORT,
    )
    terms = terms_of(account.facts)
    return LightspeedCatalogue(
        calls, mirrored, tax_in_prices=terms.tax_in_prices if terms else None
    )
