"""A learned safety stock on the item of its store's connection: one attribute beside the settings, which
say only how much may be kept at most."""

import json
import zlib
from typing import Any

from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.safety_stock import KeptUnits, LearnedSafety


def most_of(settings: Settings) -> dict[str, Any]:
    """Return the setting: the units kept at most, where they are learned."""
    learned = settings.learned_safety
    return {} if learned is None else {"safety_most": learned.most}


def safety_values(settings: Settings) -> dict[str, Any]:
    """Return the attribute that holds what was learned, where anything was."""
    learned = settings.learned_safety
    return {} if learned is None else {"safety": packed_safety(learned)}


def packed_safety(safety: LearnedSafety) -> bytes:
    """Return what was learned as bytes: JSON, packed."""
    rows = [
        [product, variant, each.units, each.night]
        for (product, variant), each in sorted(
            safety.kept.items(), key=lambda item: (item[0][0], item[0][1] or "")
        )
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode())


def safety_of(most: int | None, packed: Any) -> LearnedSafety | None:
    """Return the learned safety stock of a store; None for one that learns none."""
    if most is None:
        return None
    if packed is None:
        return LearnedSafety(most)
    rows = json.loads(zlib.decompress(bytes(packed)))
    kept = {
        (PosProductId(product), None if variant is None else PosVariantId(variant)): KeptUnits(
            units, night
        )
        for product, variant, units, night in rows
    }
    return LearnedSafety(most, kept)
