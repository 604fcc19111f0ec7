"""What a link says of values that are not certain in the store, or no longer known."""

from collections.abc import Iterable
from dataclasses import replace

from tillbridge.domain.link import Doubt, Link, Part

CONTENT_PARTS = (Part.CONTENT, Part.VISIBILITY)
"""What a push of content sends. The shape and the images are noted on the link when they begin to
change."""

STOCK_PARTS = (Part.STOCK,)

_UNKNOWN = "?"
"""A fingerprint that equals no real one. It is stored where a push did not send the content."""


def doubted(link: Link, parts: Iterable[Part], *, since_ms: int, late_until_ms: int) -> Link:
    """Return the link with these parts in doubt since `since_ms`; a write sent before may still
    arrive until `late_until_ms` (both epoch ms). Two doubts about a part become one that covers
    both."""
    doubts = dict(link.doubts)
    for part in parts:
        old = doubts.get(part, Doubt(since_ms, late_until_ms))
        doubts[part] = Doubt(min(since_ms, old.since_ms), max(late_until_ms, old.late_until_ms))
    return replace(link, doubts=doubts)


def sure_of(link: Link, part: Part) -> Link:
    """Return the link without a doubt about this part."""
    return replace(link, doubts={key: each for key, each in link.doubts.items() if key is not part})


def believed(link: Link) -> Link:
    """Return the link as far as it can be believed: what is in doubt is unknown, so that it differs
    from whatever the POS wants. Whether the shape is in doubt stays to be asked of `doubts`."""
    if Part.CONTENT in link.doubts:
        link = without_content(link)
    if Part.VISIBILITY in link.doubts:
        link = replace(link, visible=None)
    return without_levels(link) if Part.STOCK in link.doubts else link


def without_content(link: Link) -> Link:
    """Return the link with all content unknown, so that a push sends it."""
    variants = {
        key: replace(variant, fingerprint=_UNKNOWN, alone=_UNKNOWN)
        for key, variant in link.variants.items()
    }
    return replace(link, fingerprint=_UNKNOWN, variants=variants)


def without_levels(link: Link) -> Link:
    """Return the link with every level unknown, so that a push sends it."""
    variants = {key: replace(variant, level=None) for key, variant in link.variants.items()}
    return replace(link, level=None, variants=variants)
