"""What the port of the dead-letter queues promises, kept by the fake and by SQS queues of the template."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from sandbox.aws.package import load_template
from tests.fakes.dead_letter_boxes import FakeDeadLetterBoxes
from tillbridge.adapters.messages.dead_letter_boxes import SqsDeadLetterBoxes
from tillbridge.domain.dead_letters import IN_LINES, Box, DeadLetter
from tillbridge.domain.errors import RetryLater
from tillbridge.ports.dead_letter_boxes import DeadLetterBoxes

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_OF_FIFO = ("FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit")


@dataclass
class Boxes:
    """The queues, and how a test puts a dead letter there and sees what was sent again."""

    boxes: DeadLetterBoxes
    put: Callable[..., object]
    sent: Callable[[Box], list[tuple[str, str]]]


@dataclass
class OfSqs:
    """Queues of SQS, made from the template's where they are first asked for."""

    sqs: "SQSClient"
    repository: Path

    def __post_init__(self) -> None:
        self._begin = f"q-{uuid4().hex}"
        there = load_template(self.repository / "template.yaml")["Resources"].values()
        queues = [each["Properties"] for each in there if each["Type"] == "AWS::SQS::Queue"]
        self._known = {each["QueueName"]["Fn::Sub"].rpartition("}")[2]: each for each in queues}
        self._urls: dict[str, str] = {}
        self.boxes = SqsDeadLetterBoxes(
            lambda: sqs_that_makes(self), f"{self._place()}-pos-events", polls=True
        )

    def url(self, name: str) -> str:
        if name not in self._urls:
            known = self._known[name.removeprefix(self._begin)]
            settings = {k: json.dumps(known[k]).strip('"') for k in _OF_FIFO if k in known}
            made = self.sqs.create_queue(QueueName=name, Attributes=settings)  # type: ignore[arg-type]  # names of the template
            self._urls[name] = made["QueueUrl"]
        return self._urls[name]

    def _place(self) -> str:
        return f"https://sqs.test/{self._begin}"

    def put(self, box: Box, body: str, reason: str = "", *, group: str = "", **said: str) -> None:
        line = {"MessageGroupId": group, "MessageDeduplicationId": uuid4().hex} if group else {}
        words = {"reason": reason, **said}
        self.sqs.send_message(
            QueueUrl=self.url(self.boxes.box_url(box).rpartition("/")[2]),
            MessageBody=body,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value}
                for name, value in words.items()
                if value
            },
            **line,  # type: ignore[arg-type]  # two names of that call
        )

    def sent(self, box: Box) -> list[tuple[str, str]]:
        url, found = self.url(self.boxes.source_url(box).rpartition("/")[2]), []
        while messages := self.sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        ).get("Messages"):
            for each in messages:
                assert "MessageAttributes" not in each
                found.append((each["Body"], each["Attributes"].get("MessageGroupId", "")))
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
        return found


def sqs_that_makes(queues: OfSqs) -> Any:
    """Return a client under which each queue of ours is made when it is first named."""

    class Client:
        def __getattr__(self, name: str) -> Callable[..., Any]:
            call = getattr(queues.sqs, name)
            return lambda QueueUrl, **given: call(  # noqa: N803 - the API's own name
                QueueUrl=queues.url(QueueUrl.rpartition("/")[2]), **given
            )

    return Client()


@pytest.fixture(params=["fake", "sqs"])
def queues(request: pytest.FixtureRequest) -> Boxes:
    if request.param == "fake":
        fake = FakeDeadLetterBoxes()
        return Boxes(fake, fake.put, lambda box: [(b, g) for to, b, g in fake.sent if to is box])
    repository: Path = request.getfixturevalue("repository")
    real = OfSqs(request.getfixturevalue("sqs"), repository)
    return Boxes(real.boxes, real.put, real.sent)


def test_what_is_received_says_why_it_is_there_and_is_hidden(queues: Boxes) -> None:
    queues.put(Box.POS_EVENTS, "{not json", "It is not JSON.")
    (letter,) = queues.boxes.receive(Box.POS_EVENTS)
    assert (letter.box, letter.body, letter.reason) == (
        Box.POS_EVENTS,
        "{not json",
        "It is not JSON.",
    )
    assert letter.received >= 1
    assert letter.sent_ms > 1_600_000_000_000
    assert list(queues.boxes.receive(Box.POS_EVENTS)) == []


def test_what_is_shown_again_is_there_at_once_and_counted_once_more(queues: Boxes) -> None:
    for number in range(12):
        queues.put(Box.POS_EVENTS, str(number))
    first = list(queues.boxes.receive(Box.POS_EVENTS))
    first += queues.boxes.receive(Box.POS_EVENTS)
    assert len(first) == 12
    queues.boxes.show_again(first)
    again = list(queues.boxes.receive(Box.POS_EVENTS))
    again += queues.boxes.receive(Box.POS_EVENTS)
    assert {each.id for each in again} == {each.id for each in first}
    assert min(each.received for each in again) == min(each.received for each in first) + 1


def test_a_deleted_one_is_gone(queues: Boxes) -> None:
    queues.put(Box.POS_EVENTS, "{}")
    (letter,) = queues.boxes.receive(Box.POS_EVENTS)
    assert queues.boxes.delete(letter)
    queues.boxes.show_again([letter])
    assert list(queues.boxes.receive(Box.POS_EVENTS)) == []


def test_what_is_sent_again_is_as_it_came_without_its_reason(queues: Boxes) -> None:
    queues.put(Box.POS_EVENTS, '{"a": "ü"}', "Not taken.")
    (letter,) = queues.boxes.receive(Box.POS_EVENTS)
    queues.boxes.send(letter, Box.POS_EVENTS)
    assert queues.sent(Box.POS_EVENTS) == [('{"a": "ü"}', "")]
    assert queues.boxes.delete(letter)


def test_a_line_keeps_its_groups_and_takes_a_repeat_for_the_same(queues: Boxes) -> None:
    queues.put(Box.STORE_WORK, '{"store_id": "harbour"}', group="harbour")
    queues.put(Box.STORE_WORK, '{"store_id": "quay"}', group="quay")
    found: list[DeadLetter] = []
    while some := queues.boxes.receive(Box.STORE_WORK):
        found += some
    assert {each.group for each in found} == {"harbour", "quay"}
    for letter in [*found, *found]:
        queues.boxes.send(letter, Box.STORE_WORK)
    sent = queues.sent(Box.STORE_WORK)
    assert sorted(sent) == [
        ('{"store_id": "harbour"}', "harbour"),
        ('{"store_id": "quay"}', "quay"),
    ]


def test_a_message_of_a_group_hides_the_others_of_it_alone(queues: Boxes) -> None:
    for number in range(11):
        queues.put(Box.STORE_WORK, f"{number}", group="harbour")
    first = queues.boxes.receive(Box.STORE_WORK)
    assert 1 <= len(first) <= 10
    queues.put(Box.STORE_WORK, "quay", group="quay")
    assert [each.body for each in queues.boxes.receive(Box.STORE_WORK)] == ["quay"]


@pytest.mark.parametrize(
    ("arn", "meant_for"),
    [
        ("arn:aws:sqs:eu-west-1:000000000000:{begin}-pos-events", Box.POS_EVENTS),
        ("arn:aws:sqs:eu-west-1:000000000000:{begin}-requests", Box.REQUESTS),
        ("arn:aws:sqs:eu-west-1:000000000000:{begin}-undelivered", None),
        ("arn:aws:sqs:eu-west-1:000000000000:pos-events", None),
        ("arn:aws:sqs:eu-west-1:000000000000:other-pos-events", None),
        ("arn:aws:lambda:eu-west-1:000000000000:function:{begin}-reconcile", None),
        ("", None),
    ],
)
def test_the_bus_says_for_which_queue_it_was(
    arn: str, meant_for: Box | None, sqs: "SQSClient", repository: Path
) -> None:
    real = OfSqs(sqs, repository)
    target = arn.format(begin=real._begin)
    real.put(Box.UNDELIVERED, "{}", TARGET_ARN=target, ERROR_CODE="NO_PERMISSIONS")
    (letter,) = real.boxes.receive(Box.UNDELIVERED)
    assert (letter.meant_for, letter.reason) == (
        meant_for,
        "It could not be delivered: NO_PERMISSIONS",
    )


def test_a_queue_that_is_not_there_is_asked_later(sqs: "SQSClient") -> None:
    boxes = SqsDeadLetterBoxes(lambda: sqs, "https://sqs.test/nowhere-pos-events", polls=True)
    with pytest.raises(RetryLater, match="Events"):
        boxes.receive(Box.POS_EVENTS)


def test_where_no_pos_is_polled_there_is_no_queue_of_polls() -> None:
    def boxes(polls: bool) -> set[Box]:
        at = "at/pos-events"
        return set(
            SqsDeadLetterBoxes(lambda: pytest.fail("nothing is asked"), at, polls=polls).boxes()
        )

    assert boxes(polls=True) == set(Box)
    assert boxes(polls=False) == set(Box) - {Box.POS_POLLS}


def test_every_dead_letter_queue_of_the_template_is_a_box(repository: Path) -> None:
    resources = load_template(repository / "template.yaml")["Resources"].values()
    queues = [each["Properties"] for each in resources if each["Type"] == "AWS::SQS::Queue"]
    names = {each["QueueName"]["Fn::Sub"].rpartition("}")[2].removeprefix("-") for each in queues}
    boxes = SqsDeadLetterBoxes(lambda: pytest.fail("nothing is asked"), "at/pos-events", polls=True)
    of_boxes = {boxes.box_url(box).rpartition("/")[2] for box in Box}
    sources = {boxes.source_url(box).rpartition("/")[2] for box in Box}
    assert of_boxes | sources == names
    assert {name for name in names if name.endswith(".fifo")} == {
        boxes.source_url(box).rpartition("/")[2] for box in IN_LINES
    } | {boxes.box_url(box).rpartition("/")[2] for box in IN_LINES}
