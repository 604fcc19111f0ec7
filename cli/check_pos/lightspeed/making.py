"""Probes that make products, to see what is refused, kept and changed."""

from cli.check_pos.lightspeed.client import Shop, mark
from cli.check_pos.lightspeed.probe import NotRun, Otherwise, Probe
from cli.counted import counted

LONG = 300
"""Characters of the longest text that is tried."""


def _taken(shop: Shop) -> str:
    name = mark()
    sku = name[-10:].upper()
    # Shown at the till, for what is not might not count as taken.
    first = shop.made_one(name=name, sku=sku, is_active=True)
    same_name = shop.create(name=name, sku=f"{sku}B", is_active=True)
    same_sku = shop.create(name=f"{name} B", sku=sku, is_active=True)
    odd = [
        f"a taken {what} is {'taken' if told.ok else f'answered {told.said}'}"
        for what, told in (("name", same_name), ("SKU", same_sku))
        if told.status != 422
    ]
    if same_name.ok and shop.product(first).get("has_variants"):
        odd.append("the second joined the family of the first")
    if odd:
        raise Otherwise("; ".join(odd))
    return f"a taken name: {same_name.said}; a taken SKU: {same_sku.said}"


def _origin(shop: Shop) -> str:
    name = mark()
    row = shop.product(shop.made_one(name=name, sku=name[-10:].upper(), source_id=f"check/{name}"))
    if row.get("source_id") != f"check/{name}":
        raise Otherwise(f"source_id comes back as {row.get('source_id')!r}")
    return "what was set as source_id comes back"


def _lengths(shop: Shop) -> str:
    name = mark()
    sent = {
        "name": f"{name} {'x' * LONG}"[:LONG],
        "sku": f"{name[-10:].upper()}{'9' * LONG}"[:LONG],
    }
    sent["supplier_code"] = sent["sku"]
    told = shop.create(**sent)
    if not told.ok:
        raise Otherwise(f"texts of {LONG} characters are refused ({told.said})")
    row = shop.product(str(told.data[0]))
    cut = [
        f"{key} comes back with {counted(len(str(row.get(key) or '')), 'character')}"
        for key, value in sent.items()
        if row.get(key) != value
    ]
    if cut:
        raise Otherwise(f"of {LONG} characters {'; '.join(cut)}")
    return f"name, SKU and supplier code keep {LONG} characters"


def _tracking(shop: Shop) -> str:
    name = mark()
    made = shop.made_one(name=name, sku=name[-10:].upper())
    told = shop.ask("PUT", f"/products/{made}", body={"common": {"track_inventory": False}})
    if not told.ok:
        raise Otherwise(f"it is refused ({told.said})")
    if shop.product(made).get("has_inventory") is not False:
        raise Otherwise("it is taken, and the product is tracked all the same")
    return "a product that was just made is not tracked after one call"


def _suppliers(shop: Shop) -> str:
    name = mark()
    first = shop.make("/suppliers", name, {"name": name, "contact": {}})
    if not first.ok:
        raise NotRun(f"no supplier can be made ({first.said})")
    again = shop.make("/suppliers", name, {"name": name, "contact": {}})
    if again.ok:
        raise Otherwise("two suppliers have one name")
    return f"a second supplier of a name is refused ({again.said})"


MAKING = (
    Probe(
        8,
        "a taken name and a taken SKU are refused with 422",
        "names are compared before, and SKUs are looked up after a lost answer",
        _taken,
        creates=True,
    ),
    Probe(
        9,
        "source_id may be set, and is returned",
        "the generated SKU alone marks what an import made",
        _origin,
        creates=True,
    ),
    Probe(
        10,
        f"name, SKU and supplier code keep {LONG} characters",
        "what an import made is read back, and the web keeps its own where it differs",
        _lengths,
        creates=True,
    ),
    Probe(
        17,
        "stock tracking can be switched off right after a product was made",
        "imports of products without tracked stock are refused in words",
        _tracking,
        creates=True,
    ),
    Probe(
        18,
        "no two suppliers have one name",
        "the vendor's name is looked up first, and a store's imports go one by one",
        _suppliers,
        creates=True,
    ),
)
