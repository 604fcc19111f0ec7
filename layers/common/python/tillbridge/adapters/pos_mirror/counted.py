"""How many products the mirror has of an account."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tillbridge.adapters.dynamodb import bulk
from tillbridge.adapters.pos_mirror import keys
from tillbridge.domain.ids import PosAccountKey

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class MirrorCount:
    """`families`: products, deleted ones too. `unreadable`: of them, those whose row says that it could not be read, or
    that nothing of them is kept, for they are too large. One that was damaged since polls last joined it is not among
    them: bodies are not read. Nor is one too large of which members and levels are kept, or whose rows contradict."""

    families: int = 0
    unreadable: int = 0


def counted(client: "DynamoDBClient", table: str, account: PosAccountKey) -> MirrorCount:
    """Count the products of an account, without their bodies: a look that reads all its rows, for people. May raise
    RetryLater."""
    families = unreadable = 0
    for row in bulk.query_all(
        client,
        TableName=table,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": account}, ":sk": {"S": keys.FAMILY}},
        ExpressionAttributeNames={"#unreadable": "unreadable"},
        ProjectionExpression="#unreadable",
    ):
        families += 1
        unreadable += "unreadable" in row
    return MirrorCount(families, unreadable)
