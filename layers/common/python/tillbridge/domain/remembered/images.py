"""What a link says before, while and after the images of its product change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tillbridge.domain.kept_online import kept_notes
from tillbridge.domain.link import Link, Part, SentImage
from tillbridge.domain.picture_address import picture_of
from tillbridge.domain.remembered.doubts import settled


def images_wait(link: Link, there: Sequence[int]) -> bool:
    """Return whether an image that was sent may still come late: then no other is sent, because it
    would be there twice, and none that came could be told from it. `there` has the ids of the
    product's images now."""
    doubt = link.doubts.get(Part.IMAGES)
    if doubt is None or not doubt.late_until_ms:
        return False
    placed = {sent.picture for sent in found_images(link, there)}
    return any(picture_of(url) not in placed for url in link.images_sent)


def before_images(link: Link, there: Sequence[int], sent: Sequence[str]) -> Link:
    """Return the link before our images change. `there` has the ids of the product's images, `sent`
    the addresses to be sent, in their order."""
    return replace(link, images_seen=tuple(there), images_sent=tuple(sent))


def amid_images(link: Link, placed: Iterable[SentImage], notes: Iterable[str]) -> Link:
    """Return the link while images are sent: `placed` are online, `notes` are about others."""
    about_images = tuple(notes)
    others = [note for note in kept_notes(link, None) if note not in about_images]
    return replace(link, images=tuple(placed), notes=(*about_images, *others))


def after_images(link: Link, placed: Iterable[SentImage], notes: Iterable[str]) -> Link:
    """Return the link once no image is under way. `placed` are online; `notes` are about others."""
    doubts = settled(link.doubts, Part.IMAGES)
    done = amid_images(link, placed, notes)
    return replace(done, images_seen=None, images_sent=(), doubts=doubts)


def found_images(link: Link, there: Sequence[int]) -> list[SentImage]:
    """Return our images online after trouble; `there` has the ids of the product's images now.

    They were sent one at a time, so the first new ones are the first that were sent and are not
    placed. One of ours that was there before and no longer is, was deleted by us. One of which no id
    is known stays: it may be any that is there."""
    ids = [sent.id for sent in link.images]
    before = set(ids if link.images_seen is None else link.images_seen) - {None}
    stayed = [s for s in link.images if s.id not in before or s.id in there]
    placed, known_ids = {s.picture for s in stayed}, {*before, *ids}
    sent = [url for url in link.images_sent if picture_of(url) not in placed]
    fresh = [number for number in there if number not in known_ids]
    return [*stayed, *(SentImage(url, n) for url, n in zip(sent, fresh, strict=False))]
