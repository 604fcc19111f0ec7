"""Duplicates: names and SKUs online, and links, that may exist only once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cli.verify.in_store import real_variants
from cli.verify.model import Duplicate, Json
from cli.verify.texts import one_key, plain


def duplicates(links: Sequence[Json], products: Mapping[int, Json]) -> list[Duplicate]:
    """Return every name, SKU, link and linked product that occurs more than once."""
    return [
        *_repeated("name", _names(products.values()), "Two products online have the name"),
        *_repeated("sku", _skus(products.values()), "Two things online have the SKU"),
        *_repeated(
            "link",
            ((str(link["bc_id"]), f"POS product {link['pos_id']}") for link in _linked(links)),
            "Two POS products are linked to BigCommerce product",
        ),
        *_repeated(
            "pos_product",
            ((link["pos_id"], f"BigCommerce product {link['bc_id']}") for link in links),
            "There are two links of the POS product",
        ),
        *_repeated(
            "variant_link",
            (
                (str(number), f"POS variant {variant}")
                for link in _linked(links)
                for variant, number in (link.get("variants") or {}).items()
            ),
            "Two POS variants are linked to BigCommerce variant",
        ),
    ]


def _linked(links: Iterable[Json]) -> Iterator[Json]:
    return (link for link in links if link.get("bc_id") is not None)


def _names(products: Iterable[Json]) -> Iterator[tuple[str, str]]:
    for product in products:
        yield plain(product["name"]), f"product {product['id']}"


def _skus(products: Iterable[Json]) -> Iterator[tuple[str, str]]:
    # A base variant repeats its product's SKU, so it is left out.
    for product in products:
        yield product["sku"] or "", f"product {product['id']}"
        for number, variant in real_variants(product).items():
            yield variant["sku"] or "", f"variant {number} of product {product['id']}"


def _repeated(kind: str, pairs: Iterable[tuple[str, str]], words: str) -> Iterator[Duplicate]:
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for what, where in pairs:
        if key := one_key(what):
            places[key].append((what, where))
    for found in places.values():
        if len(found) > 1:
            holders = tuple(place for _, place in found)
            first = found[0][0]
            yield Duplicate(kind, first, holders, f"{words} “{first}”: {', '.join(holders)}.")
