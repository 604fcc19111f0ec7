"""What starts a run, on the wire: schedules, people's events, and the line of each store."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

from pydantic import BaseModel, Field, ValidationError

from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class _Metadata(BaseModel):
    store_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    requested_by: Annotated[str, Field(min_length=1)]


class _Asked(BaseModel):
    full: bool = False
    dry_run: bool = False
    approve: Annotated[str, Field(pattern=r"^([0-9]{13}-[0-9a-f]{4})?$")] = ""


class _Detail(BaseModel):
    metadata: _Metadata
    data: _Asked


class SqsReconcileQueue:
    """A FIFO queue with a group per store."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def send(self, store: StoreId, request: Request) -> None:
        """One message at the end of the store's line."""
        self._client.send_message(
            QueueUrl=self._url,
            MessageBody=json.dumps({"store_id": store, **asdict(request)}),
            MessageGroupId=store,
            MessageDeduplicationId=uuid4().hex,
        )


def read_trigger(event: dict[str, Any]) -> tuple[StoreId | None, Request]:
    """What a schedule or a person starts; no store means all of them. Raises UnreadableEvent."""
    if "full" in event:  # a schedule's own input
        return None, Request(full=bool(event["full"]))
    try:
        detail = _Detail.model_validate(event.get("detail"))
    except ValidationError as problem:
        raise UnreadableEvent(_words(problem)) from problem
    asked = detail.data
    request = Request(asked.full, asked.dry_run, asked.approve, by=detail.metadata.requested_by)
    return StoreId(detail.metadata.store_id), request


def _words(problem: ValidationError) -> str:
    said = [
        f"{'.'.join(map(str, error['loc'])) or 'the event'}: {error['msg']}"
        for error in problem.errors(include_url=False, include_input=False)[:5]
    ]
    return "The request cannot be read (" + "; ".join(said) + "). Compare it with contracts/events."
