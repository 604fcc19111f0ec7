"""Probes of what rows say: costs, prices with tax, composites; and of the search."""

from decimal import Decimal

from cli.check_pos.lightspeed.client import Json, Shop
from cli.check_pos.lightspeed.probe import NotRun, Otherwise, Probe
from cli.counted import counted

_PAGE = "200"
_ROUNDED = Decimal("0.001")


def _sold(shop: Shop) -> list[Json]:
    """Return the first products that are not deleted. Raise NotRun where there is none."""
    rows = [
        each
        for each in shop.rows("/products", after="0", page_size=_PAGE)
        if not each.get("deleted_at")
    ]
    if not rows:
        raise NotRun("the account has no product yet")
    return rows


def _costs(shop: Shop) -> str:
    rows = _sold(shop)
    told = [each["supply_price"] for each in rows if "supply_price" in each]
    if not told:
        return "no cost is told: this token lacks product:cost:view, so costs are unknown and none is blanked"
    if not any(told):
        raise NotRun(
            "no product has a cost, so nobody can tell a blank one from one that is hidden: give one a cost, and look"
            " again"
        )
    if len(told) < len(rows):
        raise Otherwise(
            f"{len(told):,} of {counted(len(rows), 'product')} tell a cost, the others nothing"
        )
    return f"costs are told ({sum(map(bool, told)):,} of {len(rows):,} are not 0)"


def _one_tax(shop: Shop) -> str:
    factors = {
        (with_tax / without).quantize(_ROUNDED)
        for each in _sold(shop)
        if (without := _price(each, "price_excluding_tax"))
        and (with_tax := _price(each, "price_including_tax"))
    }
    if not factors:
        raise NotRun("no product has both prices")
    named = ", ".join(str(each.normalize()) for each in sorted(factors))
    outlets = [each for each in shop.rows("/outlets") if not each.get("deleted_at")]
    taxes = {str(each.get("default_tax_id")) for each in outlets}
    if len(taxes) > 1:
        raise Otherwise(
            f"{counted(len(outlets), 'outlet')} have {counted(len(taxes), 'tax')}, and a row has one price with"
            f" tax (the factors are {named})"
        )
    return f"all outlets have one tax; prices with tax are those without times {named}"


def _price(row: Json, name: str) -> Decimal:
    told = row.get(name)
    return Decimal(told) if isinstance(told, int | Decimal) else Decimal(0)


def _search(shop: Shop) -> str:
    skus = [str(each["sku"]).lower() for each in _sold(shop) if each.get("sku")][-3:]
    if len(skus) < 2:
        raise NotRun("two products with a SKU are needed")
    asked = [("type", "products"), *(("sku", each) for each in skus)]
    told = shop.ask("GET", "/search", asked, version="2.0")
    if not told.ok or not isinstance(told.data, list):
        raise NotRun(f"there is no search ({told.said})")
    found = {str(each.get("sku")).lower() for each in told.data if isinstance(each, dict)}
    if lost := sorted(set(skus) - found):
        raise Otherwise(
            f"of {counted(len(skus), 'SKU')} the search does not find {', '.join(lost)}"
        )
    return f"{counted(len(skus), 'SKU')} were found in one call"


VALUES = (
    Probe(
        11,
        "a cost that the token may not see is left out of every row",
        "a cost is unknown where no row of a page tells one; beside rows that do, a missing one is blank",
        _costs,
    ),
    Probe(
        12,
        "all outlets have one tax, so that a product has one price with tax",
        "the price without tax is right for every outlet: `pos connect --prices excl`",
        _one_tax,
    ),
    Probe(
        14,
        "the search takes several SKUs and finds what was changed last",
        "it is not used: nothing depends on it",
        _search,
    ),
)
