"""Both sides of a store, its links and its imports under way, read to find lost links again."""

from cli.deployment.links import every_link
from cli.deployment.target import Target
from cli.sides.catalogues import pos_records, web_products
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lost_links import Rebuild, rebuild


def rebuilt(target: Target, store: StoreId) -> Rebuild:
    """Return which links of a store are there, and which SKUs find again."""
    links = list(every_link(target, store).values())
    webs = list(web_products(target, store))
    importing = target.imports.intents(store, [web.id for web in webs])
    return rebuild(links, pos_records(target, store), webs, set(importing))
