"""One builder for each thing that tests need: sensible defaults, so that a test names only what
matters."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.decision import decide
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS
from tillbridge.domain.ids import (
    PosAccountKey,
    PosProductId,
    PosVariantId,
    Rev,
    StoreId,
    StoreProductId,
    StoreVariantId,
)
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus
from tillbridge.domain.pending import Change, PendingRow
from tillbridge.domain.plan import Plan, WorkItem
from tillbridge.domain.planner import plan
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.product import Product, StockLevel, Variant
from tillbridge.domain.senders import Sender
from tillbridge.domain.web_product import WebProduct

OWN_ACCOUNT = "000000000000"
"""The AWS account of the stack, as the local AWS and the golden events have it."""

THE_POS = Sender("pos.reference", OWN_ACCOUNT, ours=True)
A_PERSON = Sender("tillbridge.cli", OWN_ACCOUNT, ours=True)

STORE = StoreId("harbour")
LANTERN = PosProductId("p-lantern")
"""Storm Lantern: a simple product."""
JUMPER = PosProductId("p-jumper")
"""Fisherman's Jumper: comes in sizes."""
OUTLET = "quayside"


def a_product(product: str = LANTERN, **overrides: Any) -> Product:
    """Return a simple product that the POS sells at one outlet."""
    default = Product(
        id=PosProductId(product),
        version=1,
        name="Storm Lantern",
        sku="STORM-LANTERN",
        product_number="0417",
        description="<p>Burns all night in a gale.</p>",
        department="Chandlery",
        vendor="Pier & Sons",
        brand="Pier & Sons",
        price=Decimal("39.90"),
        cost=Decimal("18.00"),
        stock=(some_stock(3),),
        weight=Decimal("1.2"),
    )
    return replace(default, **overrides)


def a_jumper(*sizes: str, **overrides: Any) -> Product:
    """Return a product with one variant per size (S and M when none is named)."""
    variants = tuple(a_variant(size) for size in sizes or ("S", "M"))
    default = a_product(
        JUMPER,
        name="Fisherman's Jumper",
        sku="JUMPER",
        stock=(),
        options=("Size",),
        variants=variants,
    )
    return replace(default, **overrides)


def a_variant(size: str = "S", **overrides: Any) -> Variant:
    """Return one size of the jumper."""
    default = Variant(
        id=PosVariantId(f"v-jumper-{size.lower()}"),
        sku=f"JUMPER-{size}",
        option_values=(("Size", size),),
        stock=(some_stock(2),),
    )
    return replace(default, **overrides)


def some_stock(on_hand: int | str = 3, outlet: str = OUTLET, committed: int = 0) -> StockLevel:
    """Return units at one outlet."""
    return StockLevel(outlet, Decimal(on_hand), Decimal(committed))


def a_web_product(number: int = 101, name: str = "Storm Lantern", **overrides: Any) -> WebProduct:
    """Return a BigCommerce product of which everything was read; only its name is filled in."""
    default = WebProduct(
        id=StoreProductId(number),
        name=name,
        description="",
        price=Decimal(0),
        cost=Decimal(0),
        brand_id=0,
        brand="",
        category="",
        upc="",
        gtin="",
        tracking="none",
        visible=True,
        type="physical",
        level=0,
        images=(),
        thumbnail="",
    )
    plain: dict[str, Any] = dict.fromkeys(PLAIN_OF_PRODUCTS, "")
    return replace(default, **plain | overrides)


def a_link(product: str = LANTERN, **overrides: Any) -> Link:
    """Return the link of a product that was pushed once, as BigCommerce product 101."""
    default = Link(
        product=PosProductId(product),
        status=LinkStatus.LINKED,
        id=StoreProductId(101),
        name="Storm Lantern",
        sku="STORM-LANTERN",
        content_version=1,
        stock_version=1,
        visible=True,
        tracking="product",
        level=3,
        assigned=True,
    )
    return replace(default, **overrides)


def an_intent(product: str = LANTERN, **overrides: Any) -> Link:
    """Return the link of a create that is under way."""
    default = Link(product=PosProductId(product), status=LinkStatus.CREATING, highest_id=100)
    return replace(default, **overrides)


def linked_variants(*sizes: str, first_id: int = 501) -> Mapping[PosVariantId, LinkedVariant]:
    """Return the variants of a link to the jumper, with consecutive BigCommerce ids."""
    return {
        PosVariantId(f"v-jumper-{size.lower()}"): LinkedVariant(
            id=StoreVariantId(number),
            sku=f"JUMPER-{size}",
            fingerprint=f"as-sent-{size.lower()}",
            options=(("Size", size),),
        )
        for number, size in enumerate(sizes, start=first_id)
    }


def a_change(product: str = LANTERN, **overrides: Any) -> Change:
    """Return a change of one product in the content lane."""
    default = Change(
        store=STORE,
        lane=Lane.CONTENT,
        product=PosProductId(product),
        version=1,
        order=1,
        queued_ms=1_000,
        trigger="product.saved",
    )
    return replace(default, **overrides)


def a_row(product: str = LANTERN, **overrides: Any) -> PendingRow:
    """Return a pending row as a drain reads it."""
    default = PendingRow(
        store=STORE,
        lane=Lane.CONTENT,
        product=PosProductId(product),
        rev=Rev("rev-1"),
        version=1,
        queued_ms=1_000,
    )
    return replace(default, **overrides)


def a_pos_account(key: str = STORE, **overrides: Any) -> PosAccount:
    """Return the account of a POS that sends the golden events."""
    default = PosAccount(PosAccountKey(key), "http://127.0.0.1:9/pos", source="pos.reference")
    return replace(default, **overrides)


def a_connection(store: str = STORE, **overrides: Any) -> Connection:
    """Return a connected store with the settings that every store starts with."""
    default = Connection(
        store=StoreId(store),
        store_hash="hbr1",
        api_url="http://127.0.0.1:9/bigcommerce",
        pos_account=a_pos_account(store),
    )
    return replace(default, **overrides)


def a_plan(work_items: Iterable[WorkItem], settings: Settings) -> Plan:
    """Return the plan of these work items."""
    return plan([(work, decide(work, settings)) for work in work_items], settings)
