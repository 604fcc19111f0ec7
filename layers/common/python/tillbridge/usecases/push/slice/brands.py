"""New brands: BigCommerce finds or creates a brand by its name, and two calls side by side make
two."""

from collections.abc import Iterable

from tillbridge.domain.decision import product_differs
from tillbridge.domain.names import clean_name, folded
from tillbridge.domain.plan import LinkedItem, ProductUpdate
from tillbridge.usecases.push.slice.session import Session


def new_brands(session: Session, brands: Iterable[str]) -> frozenset[str]:
    """Return what a call that sends these brands touches besides its products: those that no call of
    this slice has sent yet. No two calls in flight touch the same."""
    keys = {folded(clean_name(brand)) for brand in brands} - {""}
    return frozenset(f"brand {key}" for key in keys - session.brands)


def brands_brought(session: Session, items: Iterable[ProductUpdate]) -> frozenset[str]:
    """Return `new_brands` of a batch. A product that goes up as it was last sent brings none."""
    return frozenset[str]().union(
        *(
            touched
            for item in items
            if (touched := new_brands(session, sent_brands([item])))
            and _differs(session, item.work)
        )
    )


def sent_brands(items: Iterable[ProductUpdate]) -> list[str]:
    """Return the brands in these updates."""
    return [str(item.payload["brand_name"]) for item in items if "brand_name" in item.payload]


def _differs(session: Session, work: LinkedItem) -> bool:
    return work.link.is_unsure or product_differs(work.record, work.link, session.settings)
