"""Above which version a new mirror begins to count."""

from collections.abc import Sequence
from itertools import batched

from tillbridge.domain.ids import StoreId
from tillbridge.domain.versions import number_of
from tillbridge.ports.link_list import LinkList
from tillbridge.ports.links import Links

AT_ONCE = 100


def highest_linked(stores: Sequence[StoreId], link_list: LinkList, links: Links) -> int:
    """Return the highest version that any link of these stores has, in the mirror's own numbers; 0 without links. A
    mirror that was lost and is built anew counts on from there, or its news would be taken for old."""
    highest = 0
    for store in stores:
        linked = (product for _, product in link_list.holders_of(store))
        for some in batched(linked, AT_ONCE, strict=False):
            found = links.get(store, some).values()
            versions = (max(link.content_version, link.stock_version) for link in found)
            highest = max([highest, *map(number_of, versions)])
    return highest
