"""What must be equal however many times the process died: the store, the links, the pending
rows, and what people are told of what they asked for."""

from dataclasses import replace
from typing import Any

from tests.world import World
from tillbridge.domain.history.product_line import FAILURES
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.link import Link
from tillbridge.domain.pending import PendingRow

EVER_MS = 9_999_999_999_999
"""The latest time that a key can name: thirteen digits. One of more digits may come before a row that
waits, since keys are compared as texts."""

_BY_CHANCE = frozenset({"categories"})
"""Holds ids that BigCommerce assigns: compared by what they stand for."""


def end_state(world: World) -> dict[str, Any]:
    """Return everything that lasts, without the ids that BigCommerce assigns."""
    return {
        "store": online(world),
        "links": {product: _link(world, link) for product, link in sorted(_links(world).items())},
        "pending": [(row.lane.value, row.product) for row in waiting(world)],
        "failed": _failed(world),
        "state": world.stores.find(world.connection.store),
    }


def online(world: World) -> list[dict[str, Any]]:
    """Return what the store has, without the ids that BigCommerce assigns."""
    return sorted((online_product(world, p) for p in world.web.records.products), key=repr)


def _links(world: World) -> dict[str, Link]:
    asked = world.links.get(world.connection.store, _asked(world))
    return {str(p): link for p, link in asked.items()}


def waiting(world: World) -> list[PendingRow]:
    """Return every pending row of the store, due or not, but for those that wait for a picture which
    could not be fetched: they are tried for days."""
    store = world.connection.store
    return [
        row
        for lane in (*PRODUCT_LANES, Lane.LOOK, Lane.WEB, Lane.ORDERED)
        for row in world.pending.due(store, lane, EVER_MS, 10_000)
    ]


def online_product(world: World, number: Any) -> dict[str, Any]:
    """Return what the store has of one product, without the ids that BigCommerce assigns."""
    product = world.web[number]
    names = {n: name for tree in world.web._categories.values() for name, n in tree.items()}
    fields = {key: value for key, value in product.fields.items() if key not in _BY_CHANCE}
    fields["categories"] = [names[n] for n in product.fields.get("categories", [])]
    return {
        "fields": fields,
        "levels": product.levels,
        "channels": sorted(product.channels),
        "images": sorted(str(image["image_url"]) for image in product.images.values()),
        "options": sorted((o.name, sorted(o.values)) for o in product.options.values()),
        "variants": sorted(
            (v.options, v.sku, v.levels, sorted(v.fields.items(), key=repr))
            for v in product.variants.values()
        ),
    }


def _failed(world: World) -> dict[str, bool]:
    """Return of each product that a person asked for whether its newest outcome is a failure."""
    history, store = world.deps.push.history.history, world.connection.store
    newest = {
        str(product): next((line for line in history.newest(store, product) if line.outcome), None)
        for product in _asked(world)
    }
    return {product: line.did in FAILURES for product, line in newest.items() if line is not None}


def _asked(world: World) -> list[PosProductId]:
    return [PosProductId(product) for product in (*sorted(world.pos.records), "p-new")]


def _link(world: World, link: Link) -> dict[str, Any]:
    holders = world.links.holders(world.connection.store, [link.id] if link.id else [])
    there = world.web.records.products.get(link.id) if link.id else None
    if link.id is None:  # what an intent named, and nothing has
        link = replace(link, sku="", variants={})
    return {
        "status": link.status.value,
        "way back": set(holders.values()) <= {link.product},
        "of": there.name if there else "",
        "variants": sorted(
            (str(pos), there is not None and v.id in there.variants, v.sku, v.level, v.fingerprint)
            for pos, v in link.variants.items()
        ),
        "name": link.name,
        "sku": link.sku,
        "versions": (link.content_version, link.stock_version),
        # A tombstone sends no content: then the fingerprint may be unknown.
        "fingerprint": "" if world.pos.records[link.product].deleted else link.fingerprint,
        "visible": link.visible,
        "tracking": link.tracking,
        "level": link.level,
        "images": sorted(sent.url for sent in link.images),
        "assigned": link.assigned,
        "problem": (link.problem.code, link.problem.blocked_by) if link.problem else None,
    }
