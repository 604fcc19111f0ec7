"""What a link says of values that are not certain in the store, or no longer known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tillbridge.domain.link import Doubt, Link, Part

CONTENT_PARTS = (Part.CONTENT, Part.VISIBILITY)
"""What a push of content sends. The shape and the images are noted on the link when they begin to
change."""

STOCK_PARTS = (Part.STOCK,)

_UNKNOWN = "?"
"""A fingerprint that equals no real one. It is stored where a push did not send the content."""


def doubted(link: Link, parts: Iterable[Part], *, since_ms: int, late_until_ms: int = 0) -> Link:
    """Return the link with these parts in doubt since `since_ms`; a write sent before may still
    arrive until `late_until_ms` (both epoch ms; 0: none may). Two doubts about a part become one
    that covers both."""
    doubts = dict(link.doubts)
    for part in parts:
        old = doubts.get(part, Doubt(since_ms, late_until_ms))
        first = min(since_ms, old.since_ms) or since_ms  # 0: sent since then
        doubts[part] = Doubt(first, max(late_until_ms, old.late_until_ms))
    return replace(link, doubts=doubts)


def sure_of(link: Link, part: Part) -> Link:
    """Return the link without a doubt about this part."""
    return replace(link, doubts={key: each for key, each in link.doubts.items() if key is not part})


def as_of(link: Link, now_ms: int) -> Link:
    """Return the link as it stands now (epoch ms): where no late write can come any more, the doubt
    ends with the next success."""
    doubts = {
        part: doubt if doubt.late_until_ms > now_ms else replace(doubt, late_until_ms=0)
        for part, doubt in link.doubts.items()
    }
    return replace(link, doubts=doubts)


def settled(doubts: Mapping[Part, Doubt], *parts: Part) -> Mapping[Part, Doubt]:
    """Return the doubts that are left once these parts were sent, or seen to be right. One whose
    late write may still come stays."""
    left = {part: doubt for part, doubt in doubts.items() if part not in parts}
    late = {part: doubts[part] for part in parts if part in doubts and doubts[part].late_until_ms}
    return {**left, **{part: replace(doubt, since_ms=0) for part, doubt in late.items()}}


def sent_amid_late(link: Link, parts: Iterable[Part], late_until_ms: int) -> Link:
    """Return the link after a success, where a write of these parts got no answer on the way and may
    still come until `late_until_ms` (epoch ms)."""
    doubts = dict(link.doubts)
    for part in parts:
        old = doubts.get(part, Doubt(0, late_until_ms))
        doubts[part] = replace(old, late_until_ms=max(late_until_ms, old.late_until_ms))
    return replace(link, doubts=doubts)


def found_right(link: Link, began_ms: int) -> Link:
    """Return the link after a look that began at `began_ms` (epoch ms) found the store as the POS
    wants it. Images are not looked at."""
    parts = [part for part in Part if part is not Part.IMAGES]
    return replace(link, doubts=settled(as_of(link, began_ms).doubts, *parts))


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


def to_compare(link: Link) -> Link:
    """Return the link to compare the store with: as it can be believed, but with the levels sent
    last, because the store is asked for them."""
    doubts = dict(link.doubts)
    doubts.pop(Part.STOCK, None)
    return believed(replace(link, doubts=doubts))


def without_levels(link: Link) -> Link:
    """Return the link with every level unknown, so that a push sends it."""
    variants = {key: replace(variant, level=None) for key, variant in link.variants.items()}
    return replace(link, level=None, variants=variants)
