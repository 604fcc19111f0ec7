"""Links and settings as `cli.verify` reads them: it judges from the articles alone and knows no type
of ours, so what it must be told is told in plain values."""

from typing import Any

from tillbridge.domain.connection import Settings
from tillbridge.domain.link import Link


def link_row(link: Link) -> dict[str, Any]:
    """One link."""
    return {
        "pos_id": link.product,
        "bc_id": link.id,
        "status": link.status.value,
        "variants": {pos: variant.id for pos, variant in link.variants.items()},
        "code": link.problem.code if link.problem else "",
        "words": link.problem.words if link.problem else "",
        "notes": list(link.notes),
        "came_with_sku": link.came_with_sku,
        "held": list(link.held),
    }


def settings_row(settings: Settings) -> dict[str, Any]:
    """What a store's settings change about what must be online."""
    return {
        "outlets": sorted(settings.outlets),
        "safety_stock": settings.safety_stock,
        "fields": {field.value: mode.value for field, mode in settings.fields.modes.items()},
    }
