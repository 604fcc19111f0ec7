"""What ministack reports as created and does not do: set by hand, from the same template."""

from typing import TYPE_CHECKING

from sandbox.aws.outputs import StackOutputs
from sandbox.aws.package import Template
from sandbox.aws.server import LocalAws

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def apply_what_ministack_ignores(aws: LocalAws, template: Template, outputs: StackOutputs) -> None:
    """Time to live and point-in-time recovery of every table."""
    dynamodb = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url)
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == "AWS::DynamoDB::Table":
            _finish_table(dynamodb, _table_name(outputs, logical_id), resource["Properties"])


def _table_name(outputs: StackOutputs, logical_id: str) -> str:
    # Every table has an output of its own logical id; StackOutputs spells it in snake case.
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
