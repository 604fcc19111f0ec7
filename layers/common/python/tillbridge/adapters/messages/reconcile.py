"""The messages of reconcile: what schedules and people start runs with, and the queue of runs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, override
from uuid import uuid4

from pydantic import BaseModel, Field, ValidationError

from tillbridge.adapters.messages.batches import fifo_entry, send_all
from tillbridge.adapters.messages.envelope import Envelope, Metadata, words
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request
from tillbridge.domain.senders import check_person
from tillbridge.ports.reconcile_queue import ReconcileQueue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


PLAN = "plan.requested"


class _Asker(Metadata):
    requested_by: Annotated[str, Field(min_length=1)]


class _Asked(BaseModel):
    full: bool = False
    dry_run: bool = False
    adopt: bool = False
    approve: Annotated[str, Field(pattern=r"^([0-9]{13}-[0-9a-f]{4})?$")] = ""


class _OfPlan(BaseModel):
    plan: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,64}$")]


class _PlanRequested(BaseModel):
    metadata: _Asker
    data: _OfPlan


class _Requested(BaseModel):
    metadata: _Asker
    data: _Asked


class SqsReconcileQueue(ReconcileQueue):
    """A FIFO queue with a group per store. What reads for a plan writes nothing, and so each message of it is a
    group of its own: it waits for no run, and when its function is killed the next does not wait for it."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    @override
    def send(self, store: StoreId, request: Request) -> None:
        token = uuid4().hex
        self._client.send_message(
            QueueUrl=self._url,
            MessageBody=_body(store, request),
            MessageGroupId=f"{store}#plan#{token}" if request.plan else store,
            MessageDeduplicationId=token,
        )

    @override
    def send_all(self, stores: Sequence[StoreId], request: Request) -> Sequence[StoreId]:
        messages = [
            fifo_entry(place, each, _body(each, request)) for place, each in enumerate(stores)
        ]
        return [stores[place] for place in send_all(self._client, self._url, messages)]


def _body(store: StoreId, request: Request) -> str:
    return json.dumps({"store_id": store, **asdict(request)})


def read_trigger(event: dict[str, Any], own_account: str) -> tuple[StoreId | None, Request]:
    """Return the store whose run a schedule or a person starts, None for all stores, and how to
    run; `own_account` is the stack's AWS account.

    Raise UnreadableEvent, which names the field and the remedy, also for who may not ask."""
    if "full" in event:  # a schedule's own input
        return None, Request(full=bool(event["full"]))
    try:
        envelope = Envelope.model_validate(event)
        if envelope.detail_type == PLAN:
            return _of_plan(envelope, event, own_account)
        detail = _Requested.model_validate(event["detail"])
    except ValidationError as problem:
        raise UnreadableEvent(words(problem)) from problem
    check_person(envelope.sender(own_account), envelope.detail_type)
    about, asked = detail.metadata, detail.data
    request = Request(
        asked.full or asked.adopt,
        asked.dry_run and not asked.adopt,
        asked.approve,
        by=about.requested_by,
        adopt=asked.adopt,
    )
    return StoreId(about.store_id), request


def _of_plan(
    envelope: Envelope, event: dict[str, Any], own_account: str
) -> tuple[StoreId, Request]:
    detail = _PlanRequested.model_validate(event["detail"])
    check_person(envelope.sender(own_account), envelope.detail_type)
    about = detail.metadata
    return StoreId(about.store_id), Request(plan=detail.data.plan, by=about.requested_by)
