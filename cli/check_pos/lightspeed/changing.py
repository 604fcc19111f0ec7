"""Probes of what else changes when something does: versions, families, and who is told."""

from cli.check_pos.lightspeed.client import Json, Shop, mark, version_of
from cli.check_pos.lightspeed.probe import NotRun, Otherwise, Probe

_SETTLES_S = 10.0
_NOWHERE = "https://example.com/tillbridge-check"
"""Nobody there listens; the webhook is off, and deleted at the end."""


def _versions(shop: Shop) -> str:
    name = mark()
    brand = shop.make("/brands", name, {"name": name})
    if not brand.ok:
        raise NotRun(f"no brand can be made ({brand.said})")
    brand_id = str(brand.data.get("id") if isinstance(brand.data, dict) else brand.data)
    made = shop.made_one(name=name, sku=name[-10:].upper(), brand_id=brand_id)
    shop.clock.sleep(_SETTLES_S)  # images and the like raise it once more after a create
    before = version_of(shop.product(made))
    told = shop.ask("PUT", f"/brands/{brand_id}", body={"name": f"{name} B"})
    if not told.ok:
        raise NotRun(f"a brand's name cannot be changed by the API ({told.said})")
    shop.clock.sleep(_SETTLES_S)
    if version_of(shop.product(made)) <= before:
        raise Otherwise("a brand's new name raises no product's version")
    return "a brand's new name raises the version of its products"


def _new_root(shop: Shop) -> str:
    family = _family(shop)
    root = next((each for each in family if not each.get("variant_parent_id")), family[0])
    gone = shop.ask("DELETE", f"/products/{root['id']}")
    if not gone.ok:
        raise NotRun(f"a variant cannot be deleted by the API ({gone.said})")
    shop.clock.sleep(_SETTLES_S)
    left = shop.product(next(str(each["id"]) for each in family if each["id"] != root["id"]))
    parent, known = left.get("variant_parent_id"), left.get("family_id")
    if known is not None and known != root.get("family_id"):
        raise Otherwise(f"family_id changes from {root.get('family_id')} to {known}")
    if parent == root["id"]:
        return "the others still name the deleted one as their parent"
    return f"another leads the family ({parent or left['id']}); family_id stays {known}"


def _family(shop: Shop) -> list[Json]:
    """Make a product with two variants, and return its rows."""
    name = mark()
    attributes = [each for each in shop.rows("/variant_attributes") if each.get("id")]
    if not attributes:
        raise NotRun("the account has no variant attribute yet")
    variants = [
        {
            "sku": f"{name[-10:].upper()}{value}",
            "price_excluding_tax": 1,
            "variant_definitions": [{"attribute_id": attributes[0]["id"], "value": value}],
        }
        for value in ("A", "B")
    ]
    told = shop.create(name=name, variants=variants)
    if not told.ok or not isinstance(told.data, list) or len(told.data) < 2:
        raise NotRun(f"no product with two variants can be made ({told.said})")
    return [shop.product(str(each)) for each in told.data]


def _hook(shop: Shop) -> str:
    url = f"{_NOWHERE}/{mark()[-10:]}"
    made = shop.make("/webhooks", url, {"active": False, "type": "inventory.update", "url": url})
    if not made.ok or not isinstance(made.data, dict):
        raise Otherwise(f"this token makes no webhook ({made.said})")
    return "this token may make webhooks"


CHANGING = (
    Probe(
        1,
        "a product's version rises when the name of its brand changes",
        "names are read once a day, and a new one changes every product that has it",
        _versions,
        creates=True,
    ),
    Probe(
        5,
        "webhooks can be made with this token",
        "a webhook only asks for a poll, which comes each minute anyway",
        _hook,
        creates=True,
    ),
    Probe(
        7,
        "a family keeps its family_id when the variant that leads it is deleted",
        "every variant is known by its own id, so the family and its link stay",
        _new_root,
        creates=True,
    ),
)
