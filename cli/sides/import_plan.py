"""What an import would do with each product, worked out without doing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cli.counted import counted
from cli.deployment.connections import connection_of
from cli.deployment.links import every_link
from cli.deployment.target import Target
from cli.sides.catalogues import pos_records, web_products
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.importing import import_problem
from tillbridge.domain.names import sku_key
from tillbridge.domain.pos_limits import PosLimits, limits_of
from tillbridge.domain.web_product import WebProduct, known

TO_BE_IMPORTED = "to be imported"


@dataclass(frozen=True, slots=True)
class Planned:
    """A BigCommerce product, and what an import would do: in words, and as a kind to count."""

    web: int
    name: str
    sku: str
    department: str
    words: str
    kind: str
    product: WebProduct


def import_plan(target: Target, store: StoreId, ask: Ask) -> Iterator[Planned]:
    """Read both sides and yield the plan for each requested product.

    When all are requested, products that are linked are left out."""
    links = every_link(target, store).values()
    linked = {int(link.id): str(link.product) for link in links if link.id is not None}
    holders = _holders(target, store)
    connection = connection_of(target, store)
    default, limits = connection.settings.default_department, limits_of(connection.pos_account.kind)
    for web in web_products(target, store, ask):
        if web.id in linked and ask.everything:
            continue
        words, kind = _fate(web, linked.get(web.id, ""), holders, limits)
        yield Planned(web.id, web.name, web.sku, known(web.category) or default, words, kind, web)


def _holders(target: Target, store: StoreId) -> dict[str, str]:
    """Return the id of the POS product that has each SKU or product number."""
    holders: dict[str, str] = {}
    for record in pos_records(target, store):
        for code in record.codes:
            holders.setdefault(sku_key(code), record.id)
    return holders


def _fate(
    web: WebProduct, linked: str, holders: Mapping[str, str], limits: PosLimits
) -> tuple[str, str]:
    if linked:
        return f"nothing: it is linked to {linked}", "already linked"
    problem = import_problem(web, limits)
    if problem is not None:
        return problem.words, "to be refused"
    same = next((holders[k] for sku in web.skus if (k := sku_key(sku)) in holders), "")
    if same:
        return f"offered as a link to {same}, which has its SKU", "to be offered"
    units = f" with {counted(len(web.variants), 'variant')}" if web.variants else ""
    return f"imported{units}", TO_BE_IMPORTED
