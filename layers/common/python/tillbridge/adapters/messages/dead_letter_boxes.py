"""The dead-letter queues on SQS."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import batched, groupby
from typing import TYPE_CHECKING, Any, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.domain.dead_letters import HIDDEN_S, IN_LINES, SHOWN, Box, DeadLetter
from tillbridge.domain.errors import RetryLater
from tillbridge.ports.dead_letter_boxes import AT_ONCE, DeadLetterBoxes

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import (
        ChangeMessageVisibilityBatchRequestEntryTypeDef,
        MessageTypeDef,
    )

WAIT_S = 1
"""A call that does not wait asks only some of SQS's servers, and may miss what is there."""

_OLD_RECEIPT = frozenset(
    {
        "InvalidParameterValue",
        "MessageNotInflight",
        "ReceiptHandleIsInvalid",
        "AWS.SimpleQueueService.MessageNotInflight",
    }
)
_FIFO = ".fifo"

log = logging.getLogger(__name__)


class SqsDeadLetterBoxes(DeadLetterBoxes):
    """`events_url`: the URL of the queue of POS events. All others are beside it under names that differ in
    their end, which spares the function's environment a dozen URLs. `polls`: whether a POS is polled here, so that
    there is a queue of polls. The client is asked for when a queue is: most pages ask none."""

    def __init__(self, client: "Callable[[], SQSClient]", events_url: str, *, polls: bool) -> None:
        self._client = client
        self._polls = polls
        self._begin = events_url.removesuffix(Box.POS_EVENTS)

    @override
    def boxes(self) -> Sequence[Box]:
        return [box for box in Box if self._polls or box is not Box.POS_POLLS]

    @override
    def receive(self, box: Box) -> Sequence[DeadLetter]:
        with _our_errors(box):
            answer = self._client().receive_message(
                QueueUrl=self.box_url(box),
                MaxNumberOfMessages=AT_ONCE,
                VisibilityTimeout=HIDDEN_S,
                WaitTimeSeconds=WAIT_S,
                MessageSystemAttributeNames=["All"],
                MessageAttributeNames=["All"],
            )
        return [self._letter(box, each) for each in answer.get("Messages", [])]

    @override
    def show_again(self, letters: Sequence[DeadLetter]) -> None:
        in_boxes = sorted(letters, key=lambda each: each.box)
        for box, of_box in groupby(in_boxes, key=lambda each: each.box):
            for some in batched(of_box, AT_ONCE, strict=False):
                self._show(box, some)

    def _show(self, box: Box, letters: Sequence[DeadLetter]) -> None:
        entries: list[ChangeMessageVisibilityBatchRequestEntryTypeDef] = [
            {"Id": str(place), "ReceiptHandle": each.receipt, "VisibilityTimeout": 0}
            for place, each in enumerate(letters)
        ]
        with _our_errors(box):
            answer = self._client().change_message_visibility_batch(
                QueueUrl=self.box_url(box), Entries=entries
            )
        if failed := answer.get("Failed"):  # they come back by themselves, two minutes later
            log.info("dead letters stay hidden", extra={"queue": box, "letters": len(failed)})

    @override
    def send(self, letter: DeadLetter, to: Box) -> None:
        line: dict[str, str] = {"MessageGroupId": letter.group} if letter.group else {}
        if to in IN_LINES:
            # Of the dead letter's own id: who dies before it is deleted sends the same once more.
            line["MessageDeduplicationId"] = f"again-{letter.id}"
        with _our_errors(to):
            self._client().send_message(
                QueueUrl=self.source_url(to),
                MessageBody=letter.body,
                **line,  # type: ignore[arg-type]  # two names of that call
            )

    @override
    def delete(self, letter: DeadLetter) -> bool:
        with _our_errors(letter.box):
            try:
                self._client().delete_message(
                    QueueUrl=self.box_url(letter.box), ReceiptHandle=letter.receipt
                )
            except ClientError as refusal:
                if refusal.response["Error"]["Code"] not in _OLD_RECEIPT:
                    raise
                return False
        return True

    def box_url(self, box: Box) -> str:
        """Return the URL of a queue of dead letters."""
        if box is Box.UNDELIVERED:
            return f"{self._begin}{box}"
        return f"{self._begin}{box}-dlq{_FIFO if box in IN_LINES else ''}"

    def source_url(self, box: Box) -> str:
        """Return the URL of the queue that dead letters of a queue come from."""
        return f"{self._begin}{box}{_FIFO if box in IN_LINES else ''}"

    def _letter(self, box: Box, message: "MessageTypeDef") -> DeadLetter:
        about: dict[Any, str] = {**message.get("Attributes", {})}
        said = {
            name: str(value.get("StringValue", ""))
            for name, value in message.get("MessageAttributes", {}).items()
        }
        return DeadLetter(
            box=box,
            id=message["MessageId"],
            receipt=message["ReceiptHandle"],
            body=message["Body"],
            sent_ms=int(about["SentTimestamp"]),
            received=int(about["ApproximateReceiveCount"]),
            reason=said.get("reason") or _of_the_bus(said),
            group=str(about.get("MessageGroupId", "")),
            meant_for=self._meant_for(said.get("TARGET_ARN", "")),
        )

    def _meant_for(self, arn: str) -> Box | None:
        service, name = arn.split(":")[2:3], arn.rpartition(":")[2]
        own = self._begin.rpartition("/")[2]
        if service != ["sqs"] or not name.startswith(own):
            return None
        ours = (box for box in Box if box is not Box.UNDELIVERED)
        return next((box for box in ours if self.source_url(box).endswith(f"/{name}")), None)


def _of_the_bus(said: Mapping[str, str]) -> str:
    """Return why EventBridge (ERROR_CODE), or Lambda (ErrorMessage), gave a message up."""
    words = said.get("ERROR_MESSAGE") or said.get("ERROR_CODE") or said.get("ErrorMessage", "")
    return f"It could not be delivered: {words}" if words else ""


@contextmanager
def _our_errors(box: Box) -> Iterator[None]:
    try:
        yield
    except (ClientError, BotoCoreError) as trouble:
        log.exception("a queue fails", extra={"queue": box})
        raise RetryLater(f"The queue “{SHOWN[box]}” does not answer. Try again.") from trouble
