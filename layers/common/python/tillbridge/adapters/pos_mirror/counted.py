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
    """`families`: products, deleted ones too. `unreadable`: of them, those of which the copy cannot be read, or is
    too large to be kept."""

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
