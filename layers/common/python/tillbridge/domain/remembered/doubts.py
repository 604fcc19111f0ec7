"""What a link says of values that are not certain in the store, or no longer known."""

from collections.abc import Iterable
from dataclasses import replace

from tillbridge.domain.link import Doubt, Link, LinkedVariant, Part

CONTENT_PARTS = (Part.CONTENT, Part.VISIBILITY)
"""What a push of content sends. The shape and the images are noted on the link when they begin to
change."""

STOCK_PARTS = (Part.STOCK,)


def doubted(link: Link, parts: Iterable[Part], *, since_ms: int, late_until_ms: int) -> Link:
    """Return the link with these parts in doubt since `since_ms`; a write sent before may still
    arrive until `late_until_ms` (both epoch ms). Two doubts about a part become one that covers
    both."""
    doubts = dict(link.doubts)
    for part in parts:
        old = doubts.get(part, Doubt(since_ms, late_until_ms))
        doubts[part] = Doubt(min(since_ms, old.since_ms), max(late_until_ms, old.late_until_ms))
    return replace(link, doubts=doubts)


def believed(link: Link) -> Link:
    """Return the link as far as it can be believed: what is in doubt is unknown, so that it differs
    from whatever the POS wants. Whether the shape is in doubt stays to be asked of `doubts`."""
    if Part.CONTENT in link.doubts:
        variants = {key: _in_doubt(variant) for key, variant in link.variants.items()}
        link = replace(link, fingerprint=f"{_DOUBTED}{link.fingerprint}", variants=variants)
    if Part.VISIBILITY in link.doubts:
        link = replace(link, visible=None)
    return without_levels(link) if Part.STOCK in link.doubts else link


def without_levels(link: Link) -> Link:
    """Return the link with every level unknown, so that a push sends it."""
    variants = {key: replace(variant, level=None) for key, variant in link.variants.items()}
    return replace(link, level=None, variants=variants)


def as_stored(link: Link) -> Link:
    """Return a link that `believed` returned as it is stored when its content was not sent: the
    fingerprints are those of before, and the doubt stays beside them."""

    def before(text: str) -> str:
        return text.removeprefix(_DOUBTED)

    variants = {
        key: replace(v, fingerprint=before(v.fingerprint), alone=before(v.alone))
        for key, v in link.variants.items()
    }
    return replace(link, fingerprint=before(link.fingerprint), variants=variants)


_DOUBTED = "?"
"""Stands before a fingerprint in doubt: it equals no real one, and is not lost."""


def _in_doubt(variant: LinkedVariant) -> LinkedVariant:
    return replace(
        variant, fingerprint=f"{_DOUBTED}{variant.fingerprint}", alone=f"{_DOUBTED}{variant.alone}"
    )
