"""How intake and import give up a message."""

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.begun import DynamoBegun
from tillbridge.adapters.messages.dead_letters import SqsDeadLetters
from tillbridge.environment import environment
from tillbridge.set_aside import SetAside


def set_aside(dead_letters_url: str) -> SetAside:
    """Return what gives up messages to a dead-letter queue."""
    begun = DynamoBegun(aws.dynamodb(), environment().pending_table, SystemClock())
    return SetAside(SqsDeadLetters(aws.sqs(), dead_letters_url), begun)
