"""What a link says after content, variants or stock of its product were sent."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from tillbridge.domain.connection import Settings
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosVariantId, StoreVariantId
from tillbridge.domain.images import notes_that_hold
from tillbridge.domain.kept_online import kept_notes
from tillbridge.domain.link import Link, LinkStatus, Part
from tillbridge.domain.mapping import still_held
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import settled, without_content, without_levels
from tillbridge.domain.remembered.sent import product_content, sent_variants
from tillbridge.domain.stock import Sellable


def after_update(
    link: Link,
    record: Product,
    settings: Settings,
    *,
    manual: bool,
    kept_online: Collection[str] | None = None,
) -> Link:
    """Return the link after all of a product's content was sent. `manual`: a person asked.
    `kept_online`: the fields of variants of which BigCommerce keeps its own value; None: nothing was
    seen of them."""
    says = record.deleted or record.knows("active")
    shows = says and settings.fields.sends(Field.VISIBILITY, manual=manual)
    done = replace(
        link,
        status=LinkStatus.LINKED,
        content_version=record.version,
        visible=record.visible if shows else link.visible,
        problem=None,
        failed_version=-1,
        doubts=settled(link.doubts, Part.VISIBILITY, Part.EXISTENCE),
    )
    if record.deleted:
        return without_content(done)  # a tombstone has none; all of it goes when it is back
    ids = {key: variant.id for key, variant in link.variants.items()}
    sent = replace(
        done,
        **product_content(record, link, settings, manual=manual),
        variants=sent_variants(record, ids, link, settings, manual=manual),
        notes=(*notes_that_hold(record, link), *kept_notes(link, kept_online)),
        held=still_held(record, link),
        doubts=settled(done.doubts, Part.CONTENT),
    )
    # Whether BigCommerce keeps a level while it tracks no stock, or tracks it elsewhere, is not
    # documented.
    return sent if sent.tracking == link.tracking else without_levels(sent)


def after_restructure(
    link: Link,
    record: Product,
    settings: Settings,
    ids: Mapping[PosVariantId, StoreVariantId],
    *,
    manual: bool,
    kept_online: Collection[str] | None = None,
) -> Link:
    """Return the link after variants were added or removed. `ids` has the id of each variant that
    is online now; none of their levels was sent yet. `kept_online`: as in `after_update`."""
    updated = after_update(link, record, settings, manual=manual, kept_online=kept_online)
    made_anew = without_levels(updated)
    variants = sent_variants(record, ids, without_levels(link), settings, manual=manual)
    doubts = settled(made_anew.doubts, Part.SHAPE)
    return replace(made_anew, variants=variants, doubts=doubts)


def after_stock(
    link: Link,
    record: Product,
    sent: Mapping[PosVariantId | None, Sellable],
    *,
    on_channel: bool,
    odd_counts: tuple[str, ...] = (),
    whole: bool = True,
) -> Link:
    """Return the link after these levels were sent, or seen there, the product's own under None.

    `odd_counts` says which were not, because no shop has so many units. `on_channel`: the product
    was put on the storefront just before. Not `whole`: others wait for a second look, so the record's
    version is not done with."""
    own = sent.get(None)
    return replace(
        link,
        level=own.level if own else link.level,
        variants={
            key: replace(variant, level=sent[key].level) if key in sent else variant
            for key, variant in link.variants.items()
        },
        debt=sum(level.debt for level in sent.values()) if whole else link.debt,
        odd_counts=odd_counts,
        stock_version=record.version if whole else link.stock_version,
        assigned=link.assigned or on_channel,
        doubts=settled(link.doubts, Part.STOCK, Part.EXISTENCE) if whole else link.doubts,
    )


def after_no_stock(link: Link, *, on_channel: bool, odd_counts: tuple[str, ...] = ()) -> Link:
    """Return the link of a product that has no level to send. `on_channel`: it was put on the
    storefront just before; `odd_counts`: which of its counts cannot be counts."""
    assigned = link.assigned or on_channel
    return replace(link, assigned=assigned, odd_counts=odd_counts)
