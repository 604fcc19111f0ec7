"""Top-level categories of a tree (the trees API; /catalog/categories is deprecated)."""

from collections.abc import Mapping, Sequence
from itertools import batched

from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import every
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.wire import CategoryRecord, each_readable, read_category
from tillbridge.domain.errors import Refused
from tillbridge.domain.names import name_key

_CATEGORIES = "/catalog/trees/categories"
CATEGORIES_A_CALL = 50
"""No limit is documented for a batch of categories; 50 is that of a batch of trees."""


def of(transport: Transport, tree: int) -> Mapping[str, int]:
    """Return the ids of the top-level categories of a tree, by the key of the name."""
    query = {"tree_id:in": str(tree), "parent_id:in": "0"}
    return _by_name(every(transport, _CATEGORIES, read_category, query=query))


def create(transport: Transport, tree: int, names: Sequence[str]) -> Mapping[str, int]:
    """Create top-level categories by POST, and return their ids by the key of the name. A category that
    was created elsewhere meanwhile is used as it is. Raise Refused when one is still missing."""
    made: dict[str, int] = {}
    for some in batched(names, CATEGORIES_A_CALL, strict=False):
        body = [{"tree_id": tree, "parent_id": 0, "name": name} for name in some]
        call = Call("POST", _CATEGORIES, body=body, creates=True)
        try:
            made |= transport.send(call, _made)
            refused = Refused(207, "BigCommerce did not create every category")
        except Refused as error:
            refused = error
        missing = {name_key(name) for name in some} - made.keys()
        if missing:
            there = of(transport, tree)
            if missing - there.keys():
                raise refused
            made |= {name: there[name] for name in missing}
    return made


def _made(answer: Answer) -> Mapping[str, int]:
    return _by_name(each_readable(answer.many, read_category))


def _by_name(found: Sequence[CategoryRecord]) -> Mapping[str, int]:
    return {name_key(category.name): category.category_id for category in found}
