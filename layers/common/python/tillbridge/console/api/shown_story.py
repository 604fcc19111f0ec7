"""From what happened to a product, and why, to what the API answers."""

from tillbridge.console.api.models import stories as story_models
from tillbridge.console.api.shown import when
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.history.call_line import ToldCall
from tillbridge.domain.history.product_line import HolderLevel
from tillbridge.domain.why.answers import since
from tillbridge.domain.why.words import notes
from tillbridge.usecases.console.product_history import HistoryPage, LineTold
from tillbridge.usecases.console.why import Why


def history(page: HistoryPage, now_ms: int) -> story_models.History:
    """Return a page of what happened."""
    return story_models.History(
        data=[_line(each) for each in page.lines], after=page.after, as_of=when(now_ms)
    )


def why(found: Why) -> story_models.Why:
    """Return why a field has its value."""
    reason = found.reason
    return story_models.Why(
        product=found.product or "",
        web=str(found.number or ""),
        field=reason.named.label,
        variant=reason.variant or "",
        standing=reason.standing,
        words=f"{found.answer.did}{found.answer.rest} {since(reason, found.row)}".strip(),
        at=when(found.answer.at_ms),
        sure=reason.sure,
        value=reason.value.value if reason.value else None,
        before=reason.before.value if reason.before else None,
        mode=reason.mode if reason.named.field else "",
        level=_level(reason.level) if reason.level else None,
        line=_line(found.line) if found.line else None,
        call=_call(found.call) if found.call else None,
        notes=list(notes(reason)),
        lines_read=found.read,
        more=found.more,
    )


def _line(told: LineTold) -> story_models.HistoryLine:
    line = told.line
    return story_models.HistoryLine(
        at=when(line.at_ms),
        did=line.did,
        words=told.did,
        because=told.because,
        by=told.by,
        job=line.job,
        lane=line.lane,
        version=str(line.version) if line.version >= 0 else "",
        web=str(line.web or ""),
        code=line.code,
    )


def _level(level: HolderLevel) -> story_models.Sum:
    return story_models.Sum(
        on_hand=f"{level.on_hand.normalize():f}",
        committed=f"{level.committed.normalize():f}",
        promised=level.web_units,
        level=level.level,
    )


def _call(told: ToldCall) -> story_models.CallTold:
    call: CallMade = told.call
    return story_models.CallTold(
        method=call.name.partition(" ")[0],
        path=call.path,
        at=when(call.at_ms),
        status=call.status or None,
        milliseconds=call.ms,
        products=len(told.made_for) + told.more,
    )
