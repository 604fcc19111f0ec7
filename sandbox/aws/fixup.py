"""Table settings of the template that ministack ignores, applied by API calls instead."""

from typing import TYPE_CHECKING

from sandbox.aws.outputs import StackOutputs
from sandbox.aws.package import Template
from sandbox.aws.server import LocalAws

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def apply_what_ministack_ignores(aws: LocalAws, template: Template, outputs: StackOutputs) -> None:
    """Set time to live and point-in-time recovery of every table as the template has them."""
    dynamodb = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url)
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] != "AWS::DynamoDB::Table":
            continue
        if table := _table_name(outputs, logical_id):  # blank where its condition does not hold
            _finish_table(dynamodb, table, resource["Properties"])


def _table_name(outputs: StackOutputs, logical_id: str) -> str:
    # Each table's output is named after its logical id; StackOutputs has it in snake case.
    wanted = logical_id.lower()
    return next(
        str(getattr(outputs, field))
        for field in outputs.__dataclass_fields__
        if field.replace("_", "") == wanted
    )


def _finish_table(dynamodb: "DynamoDBClient", table: str, properties: Template) -> None:
    time_to_live = properties.get("TimeToLiveSpecification")
    if time_to_live:
        dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=time_to_live)
    recovery = properties.get("PointInTimeRecoverySpecification")
    if recovery:
        dynamodb.update_continuous_backups(
            TableName=table, PointInTimeRecoverySpecification=recovery
        )
