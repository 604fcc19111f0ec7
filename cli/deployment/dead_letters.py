"""The dead letters of a deployment."""

from dataclasses import dataclass

from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.messages.dead_letter_boxes import SqsDeadLetterBoxes
from tillbridge.domain.ids import StoreId
from tillbridge.ports.clock import Clock
from tillbridge.ports.dead_letter_boxes import DeadLetterBoxes
from tillbridge.usecases.console.dead_letters import Whose


@dataclass(frozen=True, slots=True)
class Letters:
    """What it takes to read dead letters."""

    dead_letters: DeadLetterBoxes
    clock: Clock


def letters_of(target: Target) -> Letters:
    """Return where a deployment keeps its dead letters."""
    events = target.outputs["pos_events_queue_url"]
    polls = bool(target.outputs.get("pos_polls_dlq_url"))
    boxes = SqsDeadLetterBoxes(lambda: target.client("sqs"), events, polls=polls)
    return Letters(boxes, SystemClock())


def whose(store: str) -> Whose:
    """Return which dead letters are meant: those of a store; of "" all, also of no store."""
    return lambda of: not store or of == StoreId(store)
