"""What is not certain of a product online, in a sentence for the people of the shop."""

from collections.abc import Mapping

from tillbridge.domain.link import Link, Part

_PARTS: Mapping[Part, str] = {
    Part.CONTENT: "its content",
    Part.VISIBILITY: "whether it is shown",
    Part.SHAPE: "its variants",
    Part.STOCK: "its stock",
    Part.EXISTENCE: "whether it is still there",
    Part.IMAGES: "its pictures",
}


def unsure_words(link: Link | None) -> str:
    """Return what of a product online is not known for certain: an answer of BigCommerce was lost, or a write that
    was sent may still arrive. '' where everything is. Nobody has to do anything: Tillbridge looks again."""
    doubted = [words for part, words in _PARTS.items() if link is not None and part in link.doubts]
    if not doubted:
        return ""
    parts = ", ".join(doubted[:-1]) + (" and " if doubted[1:] else "") + doubted[-1]
    return f"Not certain online: {parts}. An answer of BigCommerce was lost; Tillbridge looks again by itself."
