"""Which variant is which member: ids that stay, and who is the parent (fact 6)."""

from sandbox.lightspeed_x.state.ids import made_id
from sandbox.pos.model import Product

SIMPLE = ""
"""The key of the only member of a product without variants."""


class Families:
    """Members by the shop's ids. The caller holds the catalogue's lock."""

    def __init__(self) -> None:
        self._members: dict[str, dict[str, str]] = {}
        self._roots: dict[str, str] = {}

    def members(self, product_id: str) -> dict[str, str]:
        """Return the member ids of a product by variant id; SIMPLE without variants."""
        return dict(self._members.get(product_id, {}))

    def root(self, product_id: str) -> str:
        """Return the id of the parent."""
        return self._roots[product_id]

    def every(self) -> dict[str, dict[str, str]]:
        """Return the members of every product by its id in the shop."""
        return {product_id: dict(members) for product_id, members in self._members.items()}

    def take_in(self, product: Product) -> dict[str, str]:
        """Take in a product's variants; return the members that it lost, by their old keys.

        A simple product that gets variants becomes its first one; a family that loses its options
        goes on as its parent. If the parent goes, the next member is the parent.
        """
        before = self._members.get(product.id, {})
        keys = [variant.id for variant in product.variants] or [SIMPLE]
        heir = _heir(before, keys, self._roots.get(product.id, ""))
        after = {
            key: before.get(key) or heir.get(key) or made_id("product", product.id, key)
            for key in keys
        }
        self._members[product.id] = after
        root = self._roots.get(product.id, "")
        if root not in after.values():
            self._roots[product.id] = after[keys[0]]
        kept = set(after.values())
        return {key: member for key, member in before.items() if member not in kept}


def _heir(before: dict[str, str], keys: list[str], root: str) -> dict[str, str]:
    """Return who takes over the id of the simple product, or of the parent."""
    if SIMPLE in before and SIMPLE not in keys:
        return {keys[0]: before[SIMPLE]}
    if before and keys == [SIMPLE]:
        return {SIMPLE: root}
    return {}
