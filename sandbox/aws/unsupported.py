"""What ministack's CloudFormation does not know: the archive of the bus and who else may use the bus are made by API
calls instead, alarms over a sum of figures not at all."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.aws.outputs import StackOutputs
from sandbox.aws.package import Template
from sandbox.aws.server import LocalAws

_ARCHIVE = "AWS::Events::Archive"
_ALARM = "AWS::CloudWatch::Alarm"
_POLICY = "AWS::Events::EventBusPolicy"


def without_unsupported(template: Template) -> Template:
    """Return a template without what ministack cannot make, and with blank outputs of it."""
    left_out = [name for name, each in template["Resources"].items() if not _is_supported(each)]
    outputs = {
        name: {**output, "Value": "-"} if _names(output["Value"], left_out) else output
        for name, output in template.get("Outputs", {}).items()
    }
    resources = {n: each for n, each in template["Resources"].items() if n not in left_out}
    return {**template, "Resources": resources, "Outputs": outputs}


def make_unsupported(
    aws: LocalAws, template: Template, outputs: StackOutputs, parameters: Mapping[str, str]
) -> StackOutputs:
    """Make what `without_unsupported` left out, and return the outputs with it."""
    events = aws.session().client("events", endpoint_url=aws.endpoint_url)
    for name, resource in template["Resources"].items():
        properties: dict[str, Any] = resource.get("Properties", {})
        if resource["Type"] == _ARCHIVE:
            made = events.create_archive(
                ArchiveName=name,
                EventSourceArn=outputs.bus_arn,
                EventPattern=json.dumps(properties["EventPattern"]),
            )
            outputs = replace(outputs, pos_events_archive_arn=made["ArchiveArn"])
        elif resource["Type"] == _POLICY and (account := parameters.get("PosCloudAccount")):
            events.put_permission(
                EventBusName=outputs.bus_name,
                Action=properties["Statement"]["Action"],
                Principal=account,
                StatementId=properties["StatementId"],
            )
    return outputs


def _is_supported(resource: Template) -> bool:
    sums = resource["Type"] == _ALARM and "Metrics" in resource["Properties"]
    return resource["Type"] not in (_ARCHIVE, _POLICY) and not sums


def _names(value: Any, resources: list[str]) -> bool:
    # {"Fn::GetAtt": ["Name", "Arn"]}, as the template's loader writes it out.
    target = value.get("Fn::GetAtt") if isinstance(value, dict) else None
    return isinstance(target, list) and target[0] in resources
