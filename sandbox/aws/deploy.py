"""Deploy the built template.yaml, the one that ships, to the local AWS."""

import json
import time
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.aws.build import architecture
from sandbox.aws.failures import DeployFailedError
from sandbox.aws.fixup import apply_what_ministack_ignores
from sandbox.aws.http_apis import make_routes
from sandbox.aws.outputs import StackOutputs, snake
from sandbox.aws.package import package
from sandbox.aws.server import REGION, LocalAws
from sandbox.aws.unsupported import make_unsupported, without_unsupported

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef
    from mypy_boto3_lambda import LambdaClient

STACK = "tillbridge"
_UPLOADS = "tillbridge-uploads"
_TEMPLATE = "template.json"
_DEPLOY_SECONDS = 60.0


def deploy(
    aws: LocalAws,
    built: Path,
    parameters: Mapping[str, str] | None = None,
    function_env: Mapping[str, str] | None = None,
) -> StackOutputs:
    """Create the stack from `built` (.aws-sam/build) and return its outputs.

    `function_env` is added to every function's environment. Raises DeployFailedError.
    """
    session, at = aws.session(), aws.endpoint_url
    s3 = session.client("s3", endpoint_url=at)
    s3.create_bucket(Bucket=_UPLOADS, CreateBucketConfiguration={"LocationConstraint": REGION})
    template = package(built, _UPLOADS, s3)
    # As `sam deploy` does: CloudFormation takes no longer body than 51,200 bytes.
    s3.put_object(
        Bucket=_UPLOADS, Key=_TEMPLATE, Body=json.dumps(without_unsupported(template)).encode()
    )
    cloudformation = session.client("cloudformation", endpoint_url=at)
    chosen = {"Architecture": architecture(), "ProtectTables": "false", **(parameters or {})}
    try:
        cloudformation.create_stack(
            StackName=STACK,
            TemplateURL=f"{at}/{_UPLOADS}/{_TEMPLATE}",
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in chosen.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
    except cloudformation.exceptions.ClientError as error:
        raise DeployFailedError(error.response["Error"]["Message"]) from error
    outputs = make_unsupported(aws, template, _wait_for_outputs(cloudformation), chosen)
    apply_what_ministack_ignores(aws, template, outputs)
    make_routes(aws, template, STACK, chosen)
    if function_env:
        _add_environment(session.client("lambda", endpoint_url=at), outputs, function_env)
    return outputs


def _wait_for_outputs(cloudformation: "CloudFormationClient") -> StackOutputs:
    deadline = time.monotonic() + _DEPLOY_SECONDS
    while time.monotonic() < deadline:
        stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
        if stack["StackStatus"] == "CREATE_COMPLETE":
            return _outputs(stack)
        if stack["StackStatus"] != "CREATE_IN_PROGRESS":
            break
        time.sleep(0.05)  # until the stack is there: CloudFormation can only be asked
    raise DeployFailedError(_why(cloudformation))


def _outputs(stack: "StackTypeDef") -> StackOutputs:
    values = {snake(o["OutputKey"]): o["OutputValue"] for o in stack.get("Outputs", [])}
    needed = {each.name for each in fields(StackOutputs) if each.default is MISSING}
    if missing := needed - values.keys():
        msg = f"The template lacks the outputs {', '.join(sorted(missing))}."
        raise DeployFailedError(msg)
    known = StackOutputs.__dataclass_fields__.keys() & values.keys()
    return StackOutputs(**{name: values[name] for name in known})


def _why(cloudformation: "CloudFormationClient") -> str:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    failed = [e for e in events if e["ResourceStatus"].endswith("FAILED")]
    words = [f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', '?')}" for e in failed]
    return "The local AWS refused the template.\n" + "\n".join(words or ["No reason was given."])


def _add_environment(
    lambdas: "LambdaClient", outputs: StackOutputs, added: Mapping[str, str]
) -> None:
    names = (
        outputs.intake_function_name,
        outputs.sweep_function_name,
        outputs.push_function_name,
        outputs.webhooks_function_name,
        outputs.orders_function_name,
        outputs.import_function_name,
        outputs.reconcile_function_name,
        outputs.console_function_name,
    )
    for name in filter(None, names):
        now = lambdas.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        lambdas.update_function_configuration(
            FunctionName=name, Environment={"Variables": {**now, **added}}
        )
