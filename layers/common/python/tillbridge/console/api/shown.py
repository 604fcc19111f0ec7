"""From what the use cases return to what the API answers."""

from datetime import UTC, datetime

from tillbridge.console.api import models
from tillbridge.domain.jobs import Progress
from tillbridge.domain.request_plan import PlannedProduct, RequestPlan
from tillbridge.usecases.console.list_products import Shown


def when(ms: int) -> datetime | None:
    """Return a moment (epoch ms) as a time in UTC; None for 0, which is never."""
    return datetime.fromtimestamp(ms / 1_000, UTC) if ms else None


def row(shown: Shown) -> models.Row:
    """Return a row of a list."""
    it, waits = shown.row, shown.waiting
    pending = waits and models.Pending(
        lane=waits.lane, since=when(waits.since_ms), because=waits.because, by=waits.by
    )
    return models.Row(
        id=it.id,
        name=it.name,
        sku=it.sku,
        product_number=it.product_number,
        barcodes=list(it.barcodes),
        price=it.price,
        price_to=it.price_to,
        stock=it.stock,
        image=it.image,
        maker=it.maker,
        variants=it.variants,
        status=it.state,
        other=it.other,
        code=it.code,
        words=it.words,
        notes=list(it.notes),
        holder=it.holder,
        pending=pending,
        synced_at=when(it.synced_ms),
    )


def plan(made: RequestPlan) -> models.Plan:
    """Return a plan."""
    return models.Plan(
        id=made.id,
        do=made.do,
        by=made.by,
        made_at=when(made.made_ms),
        expires_at=when(made.until_ms),
        total=made.total,
        creates=made.creates,
        updates=made.updates,
        left_out_count=made.left_out_count,
        left_out=[_planned(each) for each in made.left_out],
        warnings=[
            models.Warned(
                code=each.code, words=each.words, products=[_planned(one) for one in each.products]
            )
            for each in made.warned
        ],
        notes=list(made.notes),
        first=[_planned(each) for each in made.first],
        calls=made.calls,
        seconds=made.seconds,
        job=made.job,
    )


def _planned(it: PlannedProduct) -> models.PlannedProduct:
    return models.PlannedProduct(
        id=it.id, name=it.name, other=it.other, code=it.code, words=it.words
    )


def job(progress: Progress) -> models.Job:
    """Return a job and how far it is."""
    it = progress.job
    return models.Job(
        id=it.id,
        do=it.do,
        by=it.by,
        plan=it.plan,
        asked_at=when(it.asked_ms),
        state=progress.state,
        total=it.total,
        done=progress.done,
        failed=progress.failed,
        left=progress.left,
        more_left=progress.more_left,
        eta_seconds=progress.seconds,
        words=progress.words,
        products=[
            models.JobProduct(
                id=line.product,
                name=line.name,
                outcome=line.outcome,
                words=line.words,
                other=line.other,
                at=when(line.at_ms),
            )
            for line in progress.lines
        ],
        after=progress.after,
    )
