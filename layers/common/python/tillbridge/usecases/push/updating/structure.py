"""Structure changes of one product: options, then variants, then ids from the answers, then
content.

Each step reads first what exists, so after a kill between any two steps the next attempt does only the
rest. The same holds after what people asked for came in between the calls of a long step."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import batched

from tillbridge.domain.call_sizes import VARIANTS_A_CALL
from tillbridge.domain.decision import images_differ
from tillbridge.domain.errors import LostReply, Refused, RetryLater, StoreDown
from tillbridge.domain.field_values import answered_values, differing, variant_values
from tillbridge.domain.ids import PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.kept_online import untaken
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, Part
from tillbridge.domain.mapping import Json, alone, content, variant_content
from tillbridge.domain.mapping import batched as batched_part
from tillbridge.domain.names import name_key
from tillbridge.domain.plan import LinkedItem
from tillbridge.domain.remembered.doubts import CONTENT_PARTS, doubted
from tillbridge.domain.remembered.failed import without_variants
from tillbridge.domain.remembered.pushed import after_restructure
from tillbridge.domain.sent_skus import variant_sku
from tillbridge.domain.structure import (
    Structure,
    labels,
    matching,
    parked_sku,
    structure,
)
from tillbridge.domain.web_product import WebVariant
from tillbridge.ports.store_api import StoreOption
from tillbridge.usecases.push.outcomes.follow_ups import follow_up
from tillbridge.usecases.push.outcomes.refusals import LAGS_AT_MOST, refused_update
from tillbridge.usecases.push.outcomes.sending import blame_these, handle_refusal
from tillbridge.usecases.push.outcomes.waiting import try_again
from tillbridge.usecases.push.outcomes.written import written
from tillbridge.usecases.push.slice.calls import with_throttling, write
from tillbridge.usecases.push.slice.due import let_people_go
from tillbridge.usecases.push.slice.session import Session

_PARTS = (Part.SHAPE, *CONTENT_PARTS)


def restructure(session: Session, work: LinkedItem) -> None:
    """Give a linked product the options and variants it has in the POS, then send its content. Raise
    Interrupted between two calls when what people asked for came in, and whatever stops the
    store."""
    work = _begun(session, work)
    try:
        _attempt(session, work)
    except Refused as refusal:
        handle_refusal(session, work, partial(refused_update, session, work, refusal))
    except LostReply as lost:
        try_again(session, [work], str(lost))
    except StoreDown as trouble:
        blame_these(session, trouble)
        try_again(session, [work], str(trouble))


def _begun(session: Session, work: LinkedItem) -> LinkedItem:
    # Noted before the first call: after a kill the link must not say that the old shape is there.
    if work.link.shape_is_unsure:
        return work
    link = doubted(work.link, _PARTS, since_ms=session.now_ms())
    session.deps.links.note_doubts(session.store, link)
    return replace(work, link=link)


def _attempt(session: Session, work: LinkedItem) -> None:
    deleted: set[StoreVariantId] = set()
    try:
        _restructure(session, work, deleted)
    except Exception:  # whatever ended it, what was deleted is gone; it is raised again
        # The next attempt must not take what we deleted for a list that lags behind.
        gone = {key for key, known in work.link.variants.items() if known.id in deleted}
        if gone:
            alive = session.with_late(without_variants(work.link, gone), sent=False)
            with suppress(RetryLater):
                session.deps.links.pushed(session.store, [alive])
        raise


def _restructure(session: Session, work: LinkedItem, deleted: set[StoreVariantId]) -> None:
    """Do what is left to do, and add to `deleted` each variant that is deleted."""
    link, record, api, product = work.link, work.record, session.api, work.id
    there = with_throttling(session, partial(api.variants, product))
    if _lags(link, there) and max(row.attempts for row in work.rows) < LAGS_AT_MOST:
        try_again(session, [work], "BigCommerce's list of the variants is not complete yet")
        return
    steps = structure(record, link, there)
    for number in steps.park:
        parked = {"sku": parked_sku(number)}
        _write(session, work, partial(api.update_variant, product, number, parked))
    if steps.rebuild:
        _drop(session, work, steps, deleted)
    options = _options(session, work, product) if steps.create else {}
    if steps.create and link.sku and not any(v.options for v in there):
        # The product holds the SKU that its first variant may need.
        _write(session, work, partial(api.update_products, [{"id": product, "sku": ""}]))
    made = _create(session, work, product, steps, options)
    if not steps.rebuild:
        _drop(session, work, steps, deleted)
    _drop_options(session, work, {name_key(name) for name in labels(record)})
    ids = {**steps.keep, **matching(record, made)}
    answered = _send_content(session, work, ids, set(steps.keep))
    # An answer shows no GTIN or MPN: of a variant that stays, the list before it does.
    listed = {variant.id: variant_values(variant) for variant in (*there, *made)}
    shown = {v.id: answered_values(v) for v in (*made, *answered)}
    _send_alone(
        session, work, ids, {number: listed[number] | shown.get(number, {}) for number in listed}
    )
    _record(session, work, ids)


def _write[R](session: Session, work: LinkedItem, call: Callable[[], R]) -> R:
    return write(session, [work.link], _PARTS, call)


def _lags(link: Link, there: Sequence[WebVariant]) -> bool:
    """Return whether the list of variants is incomplete: it is empty, though every product has a
    variant, or lacks one that our link names."""
    listed = {variant.id for variant in there}
    return not listed or any(known.id not in listed for known in link.variants.values())


def _options(
    session: Session, work: LinkedItem, product: StoreProductId
) -> Mapping[str, StoreOption]:
    api = session.api
    found = {name_key(o.name): o for o in with_throttling(session, partial(api.options, product))}
    for name, values in labels(work.record).items():
        option = found.get(name_key(name))
        if option is None:
            make = partial(api.create_option, product, name, list(values.values()))
            found[name_key(name)] = _write(session, work, make)
            continue
        known = dict(option.values)
        have = {name_key(label) for label in known}
        for key, label in values.items():
            if key not in have:
                add = partial(api.add_option_value, product, option.id, label)
                known[label] = _write(session, work, add)
                let_people_go(session)
        found[name_key(name)] = replace(option, values=known)
    return found


def _create(
    session: Session,
    work: LinkedItem,
    product: StoreProductId,
    steps: Structure,
    options: Mapping[str, StoreOption],
) -> list[WebVariant]:
    made: list[WebVariant] = []
    for part in batched(steps.create, VARIANTS_A_CALL, strict=False):
        payloads = [
            {
                **owned,
                **batched_part(variant_content(variant, session.settings.fields)),
                "product_id": product,
                "sku": variant_sku(variant, work.link),
                "option_values": [
                    _value(options[name_key(name)], value) for name, value in variant.option_values
                ],
            }
            for variant, owned in part
        ]
        if made:
            let_people_go(session)
        made += _write(session, work, partial(session.api.update_variants, payloads))
    return made


def _value(option: StoreOption, label: str) -> Json:
    ids = {name_key(known): number for known, number in option.values.items()}
    return {"option_id": option.id, "id": ids[name_key(label)]}


def _drop(
    session: Session, work: LinkedItem, steps: Structure, deleted: set[StoreVariantId]
) -> None:
    for place, variant in enumerate(steps.drop):
        if place:
            let_people_go(session)
        _write(session, work, partial(session.api.delete_variant, work.id, variant))
        deleted.add(variant)


def _drop_options(session: Session, work: LinkedItem, keep: set[str]) -> None:
    for option in with_throttling(session, partial(session.api.options, work.id)):
        if name_key(option.name) not in keep:
            _write(session, work, partial(session.api.delete_option, work.id, option.id))


def _send_content(
    session: Session,
    work: LinkedItem,
    ids: Mapping[PosVariantId, StoreVariantId],
    kept: set[PosVariantId],
) -> list[WebVariant]:
    """Send the content, and return the variants that were there before as the answers show them."""
    link, record, fields = work.link, work.record, session.settings.fields
    payload = {"id": work.id, **content(record, fields, link, manual=work.manual)}
    _write(session, work, partial(session.api.update_products, [payload]))
    updates = [
        {
            "id": ids[variant.id],
            **batched_part(variant_content(variant, fields, link, manual=work.manual)),
        }
        for variant in record.variants
        if variant.id in kept
    ]
    return [
        variant
        for part in batched(updates, VARIANTS_A_CALL, strict=False)
        for variant in _write(session, work, partial(session.api.update_variants, list(part)))
    ]


def _send_alone(
    session: Session,
    work: LinkedItem,
    ids: Mapping[PosVariantId, StoreVariantId],
    there: Mapping[StoreVariantId, Json],
) -> None:
    """Send the values that no batch changes or that this one did not, where the store has another
    value."""
    for variant in work.record.variants:
        number = ids.get(variant.id)
        if number is None:
            continue
        fields = session.settings.fields
        values = variant_content(variant, fields, work.link, manual=work.manual)
        missed = differing(values, there[number])
        if missed:
            wanted = alone(values, missed)
            send = partial(session.api.update_variant, work.id, number, wanted)
            session.note_kept(work.product, number, untaken(wanted, _write(session, work, send)))
            let_people_go(session)


def _record(session: Session, work: LinkedItem, ids: Mapping[PosVariantId, StoreVariantId]) -> None:
    link, record, settings = work.link, work.record, session.settings
    if images_differ(record, link, settings, manual=work.manual):
        session.rows.mark([follow_up(session, work, Lane.CONTENT, force=True)])
    kept = session.kept_online(work.product)
    done = after_restructure(link, record, settings, ids, manual=work.manual, kept_online=kept)
    written(session, [(work, done)])
