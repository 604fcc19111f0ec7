"""From what the use cases return to what the API answers."""

from datetime import UTC, datetime

from tillbridge.console.api.models import jobs as job_models
from tillbridge.console.api.models import plans as plan_models
from tillbridge.console.api.models import products as product_models
from tillbridge.console.api.models import runs as run_models
from tillbridge.domain.acceptance import ANY_VALUES, Accepted
from tillbridge.domain.exact_plan import Exact, ExactProduct
from tillbridge.domain.findings import Difference, Finding
from tillbridge.domain.jobs import Progress
from tillbridge.domain.losses import Loss
from tillbridge.domain.request_plan import PlannedProduct, RequestPlan
from tillbridge.domain.run import Run
from tillbridge.usecases.console.list_products import Shown


def when(ms: int) -> datetime | None:
    """Return a moment (epoch ms) as a time in UTC; None for 0, which is never."""
    return datetime.fromtimestamp(ms / 1_000, UTC) if ms else None


def row(shown: Shown) -> product_models.Row:
    """Return a row of a list."""
    it, waits = shown.row, shown.waiting
    pending = waits and product_models.Pending(
        lane=waits.lane, since=when(waits.since_ms), because=waits.because, by=waits.by
    )
    return product_models.Row(
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


def plan(made: RequestPlan, exact: Exact | None = None) -> plan_models.Plan:
    """Return a plan."""
    return plan_models.Plan(
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
            plan_models.Warned(
                code=each.code, words=each.words, products=[_planned(one) for one in each.products]
            )
            for each in made.warned
        ],
        notes=list(made.notes),
        first=[_planned(each) for each in made.first],
        calls=made.calls,
        seconds=made.seconds,
        job=made.job,
        exact=exact and _exact(exact),
    )


def _exact(it: Exact) -> plan_models.Exact:
    return plan_models.Exact(
        state=it.state,
        words=it.words,
        done=it.done,
        total=it.total,
        uncounted=it.uncounted,
        creates=it.creates,
        changes=it.changes,
        same=it.same,
        aside=it.aside,
        fields=it.fields,
        losses=[
            plan_models.LossGroup(
                code=group.code,
                kind=group.kind,
                field=group.field,
                count=group.count,
                examples=[_loss(each.id, each.name, each.loss) for each in group.examples],
            )
            for group in it.groups
        ],
    )


def _loss(product: str, name: str, it: Loss) -> plan_models.Loss:
    return plan_models.Loss(
        product=product,
        name=name,
        place=it.place,
        field=it.field,
        old=it.old,
        new=it.new,
        percent=it.percent,
    )


def plan_item(it: ExactProduct) -> plan_models.PlanItem:
    """Return what becomes of one product of a plan."""
    return plan_models.PlanItem(
        id=it.id,
        name=it.name,
        other=it.other,
        does=it.does,
        words=it.words,
        changes=it.changes,
        differences=[_difference(each) for each in it.differences],
        losses=[_loss(it.id, it.name, each) for each in it.losses],
    )


def _difference(it: Difference) -> run_models.Difference:
    return run_models.Difference(
        place=it.place, field=it.field, variant=it.variant, web=it.web, pos=it.pos
    )


def run(it: Run) -> run_models.Run:
    """Return a comparison."""
    return run_models.Run(
        id=it.id,
        began_at=when(it.started_ms),
        ended_at=when(it.ended_ms),
        full=it.full,
        result=it.result,
        compared=it.compared,
        drift=it.drift,
        repaired=it.repaired,
        accepted=it.accepted,
        pages=it.pages,
        repairs=it.repairs,
        approved_by=it.approved_by,
        found={code: count for code, count in it.found.items() if count},
        words=it.note,
    )


def finding(it: Finding) -> run_models.Finding:
    """Return what a comparison found of a product."""
    return run_models.Finding(
        code=it.code,
        words=it.code.words,
        product=it.product,
        number=it.number,
        name=it.name,
        drift=it.drift,
        repairable=it.repairable,
        other=it.other,
        differences=[_difference(each) for each in it.differences],
    )


def accepted(place: str, it: Accepted) -> run_models.AcceptedPlace:
    """Return what may stay at one place."""
    return run_models.AcceptedPlace(
        place=place,
        by=it.by,
        at=when(it.at_ms),
        until=when(it.until_ms),
        whatever=it.digest == ANY_VALUES,
        why=it.why,
    )


def _planned(it: PlannedProduct) -> plan_models.PlannedProduct:
    return plan_models.PlannedProduct(
        id=it.id, name=it.name, other=it.other, code=it.code, words=it.words
    )


def job(progress: Progress) -> job_models.Job:
    """Return a job and how far it is."""
    it = progress.job
    return job_models.Job(
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
            job_models.JobProduct(
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
