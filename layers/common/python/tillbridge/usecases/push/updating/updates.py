"""Updates of linked products: products 10 a call, variants 50, images one by one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from tillbridge.domain.call_made import PARTLY_SAVED
from tillbridge.domain.errors import Clash, Gone, LostReply, Refused, StoreDown
from tillbridge.domain.images import missing_images, sendable_images
from tillbridge.domain.link import Link, Part
from tillbridge.domain.mapping import Json, batched
from tillbridge.domain.plan import (
    Batch,
    LinkedItem,
    Plan,
    ProductUpdate,
    Update,
    VariantUpdate,
    WorkItem,
)
from tillbridge.domain.remembered.doubts import CONTENT_PARTS, doubted
from tillbridge.domain.remembered.images import after_images
from tillbridge.domain.remembered.pushed import after_update
from tillbridge.domain.waiting import LOOK_AGAIN_MS
from tillbridge.usecases.push.outcomes.fenced import fence_each, fenced
from tillbridge.usecases.push.outcomes.fenced_plan import fence_task
from tillbridge.usecases.push.outcomes.gone import forgot_dead_variants
from tillbridge.usecases.push.outcomes.refusals import refused_update
from tillbridge.usecases.push.outcomes.sending import (
    ItemsWait,
    blame_these,
    handle_refusal,
    send_items,
)
from tillbridge.usecases.push.outcomes.waiting import postpone, try_again, waited_until
from tillbridge.usecases.push.outcomes.written import written
from tillbridge.usecases.push.slice.brands import brands_brought, sent_brands
from tillbridge.usecases.push.slice.due import let_people_go
from tillbridge.usecases.push.slice.flight import Task
from tillbridge.usecases.push.slice.lost_answers import answer_lost
from tillbridge.usecases.push.slice.progress import Progress
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.updating.failed_swap import clear_temporary_values
from tillbridge.usecases.push.updating.images import ImagesGo, ImagesLate, push_images
from tillbridge.usecases.push.updating.missing_images import try_images_later
from tillbridge.usecases.push.updating.the_rest import send_the_rest
from tillbridge.usecases.push.updating.variants import Answers, due_alone, send_alone, send_batch


def update_tasks(session: Session, plan: Plan, progress: Progress) -> Iterator[Iterable[Task]]:
    """Yield the tasks of a plan in waves: a wave starts when the one before has ended. Two calls that
    bring the same new brand are never in flight together."""
    fence_each(session, progress.idle(plan), partial(_nothing_to_send, session), doing="recording")
    for rank in plan.ranks:
        # Not a list: which brands are new is known when a call may start.
        yield (
            _task(session, batch, progress, _send_products, brands_brought)
            for batch in plan.product_batches
            if batch.rank == rank
        )
        yield [
            _task(session, batch, progress, _send_variants)
            for batch in plan.variant_batches
            if batch.rank == rank
        ]
    yield [
        fence_task(
            session, w, partial(_send_images, session, w, progress), progress, doing="images"
        )
        for w in plan.image_changes
    ]


def _task[U: (ProductUpdate, VariantUpdate)](
    session: Session,
    batch: Batch[U],
    progress: Progress,
    send: Callable[[Session, Sequence[U], Progress], None],
    also: Callable[[Session, Sequence[U]], Iterable[str]] = lambda *_: (),
) -> Task:
    """Return a task that sends a batch; `also` returns what it touches beside its products."""

    def dropped(work: WorkItem) -> None:
        progress.drop([work])
        clear_temporary_values(session, progress.freed(work))

    def each(work: Callable[[Sequence[U]], object]) -> None:
        of: Callable[[U], WorkItem] = lambda item: item.work  # noqa: E731 - a function for one line
        fenced(session, batch.items, work, doing="sending content", of=of, drop=dropped)

    touches = set(batch.touches)
    each(lambda some: touches.update(also(session, some)))
    return Task(partial(each, lambda some: send(session, some, progress)), frozenset(touches))


def _nothing_to_send(session: Session, work_items: Sequence[LinkedItem]) -> None:
    written(session, [(work, _sent_link(session, work)) for work in work_items])


def _send_products(session: Session, items: Sequence[ProductUpdate], progress: Progress) -> None:
    def call(part: Sequence[ProductUpdate]) -> None:
        payloads = [{"id": item.id, **item.payload} for item in part]
        warnings = session.api.update_products(payloads)
        session.note_brands(sent_brands(part))
        unsaved = [item for item in part if item.id in warnings]
        if unsaved:
            # A 2xx may have saved only a part: what was not saved stays pending.
            progress.drop(item.work for item in unsaved)
            for item in unsaved:
                try_again(session, [item.work], warnings[item.id])
        _sent(session, progress, [item for item in part if item.id not in warnings])

    _send(session, progress.without_dropped(items), call, progress)


def _send_variants(session: Session, items: Sequence[VariantUpdate], progress: Progress) -> None:
    todo = progress.without_dropped(items)
    answers: Answers = {}
    ignored = session.ignored
    in_batch = [item for item in todo if batched(item.payload, ignored)]
    _send(session, in_batch, partial(send_batch, session, ignored, answers), progress)
    for _, of_one in groupby(progress.without_dropped(todo), key=lambda item: item.work.product):
        _send_alone(session, list(of_one), answers, progress)
    _sent(session, progress, progress.without_dropped(todo))


def _send_alone(
    session: Session, items: Sequence[VariantUpdate], answers: Answers, progress: Progress
) -> None:
    work = items[0].work
    try:
        for place, item in enumerate(due_alone(session, items, answers)):
            if place:
                let_people_go(session)
            _send(session, [item], partial(send_alone, session, answers), progress)
            if progress.dropped(work):
                return
    except Refused as refusal:
        progress.drop([work])
        handle_refusal(session, work, partial(_refused, session, work, refusal, progress))
    except StoreDown as trouble:
        progress.drop([work])
        blame_these(session, trouble)
        try_again(session, [work], str(trouble))


def _send[U: (ProductUpdate, VariantUpdate)](
    session: Session, items: Sequence[U], call: Callable[[Sequence[U]], None], progress: Progress
) -> None:
    def refused(item: U, refusal: Refused) -> None:
        if progress.dropped(item.work):
            return
        progress.drop([item.work])
        # First of all: a kill between the two must leave the row.
        if _has_dead_variants(session, item, refusal):
            return
        freed = progress.freed(item.work) or _left_over(item)
        clear_temporary_values(session, freed)
        _refused(session, item.work, refusal, progress, item if item.final and not freed else None)

    try:
        send_items(session, items, CONTENT_PARTS, call, refused)
    except ItemsWait:
        progress.drop(item.work for item in items)


def _has_dead_variants(session: Session, item: Update, refusal: Refused) -> bool:
    # One variant that was deleted online must not break its product.
    of_variant = isinstance(item, VariantUpdate)
    if not of_variant or isinstance(refusal, Clash) or refusal.status == PARTLY_SAVED:
        return False
    try:
        return forgot_dead_variants(session, item.work)
    except Gone:  # whether the product itself is gone is asked next
        return False


def _left_over(item: Update) -> list[Update]:
    # A drain that died in a swap may have left a temporary name or SKU.
    if isinstance(item, VariantUpdate) or Part.CONTENT not in item.work.link.doubts:
        return []
    own: Json = {key: item.payload[key] for key in ("name", "sku") if key in item.payload}
    return [replace(item, payload=own, final=False)] if own else []


def _send_images(session: Session, work: LinkedItem, progress: Progress) -> None:
    if progress.dropped(work):
        return
    link = _sent_link(session, work)
    try:
        waited = waited_until(session, work) > 0
        images, notes = push_images(session, work, waited=waited)
    except ImagesLate:
        if progress.images_sent(work):
            written(session, [(work, link)])
        return
    except (ImagesGo, LostReply, Refused, StoreDown) as trouble:
        progress.drop([work])
        _images_wait(session, work, trouble, progress)
        return
    link = after_images(link, images, notes)
    if missing_images(sendable_images(work.record), link):
        # Before the link says that its images are as they should be.
        try_images_later(session, work)
    session.deps.links.note_images(session.store, link)
    if progress.images_sent(work):
        written(session, [(work, link)])


def _refused(
    session: Session,
    work: LinkedItem,
    refusal: Refused,
    progress: Progress,
    item: Update | None = None,
) -> None:
    """Handle a refusal of a product's update. `item`: what was refused, where the rest of the product
    may go without it."""
    if progress.began(work):  # another part of it has arrived
        link = doubted(work.link, CONTENT_PARTS, since_ms=session.now_ms())
        work = replace(work, link=link)
    if item is None:
        refused_update(session, work, refusal)
        return
    variant = item.variant if isinstance(item, VariantUpdate) else None
    rest = partial(send_the_rest, session, work, refusal, variant, update_tasks)
    refused_update(session, work, refusal, rest)


def _images_wait(
    session: Session, work: LinkedItem, trouble: Exception, progress: Progress
) -> None:
    if isinstance(trouble, Refused):
        handle_refusal(session, work, partial(_refused, session, work, trouble, progress))
    elif isinstance(trouble, LostReply):
        # BigCommerce may still be fetching the image: it is looked for a minute later, and a second
        # one is sent only when the first can come no more.
        answer_lost(session, [work.link], [Part.IMAGES])
        try_again(session, [work], str(trouble), at_least_ms=LOOK_AGAIN_MS)
    elif isinstance(trouble, StoreDown):
        blame_these(session, trouble)
        try_again(session, [work], str(trouble))
    else:
        postpone(session, work.rows, session.now_ms() + LOOK_AGAIN_MS)


def _sent(session: Session, progress: Progress, parts: Sequence[Update]) -> None:
    done = progress.sent(parts)
    written(session, [(work, _sent_link(session, work)) for work in done])


def _sent_link(session: Session, work: LinkedItem) -> Link:
    kept = session.kept_online(work.product)
    return after_update(
        work.link, work.record, session.settings, manual=work.manual, kept_online=kept
    )
