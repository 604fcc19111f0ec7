"""Every name that CloudFormation takes for a stack works: names of what is in it fit AWS's bounds, environments fit a
function, and no two stacks of an account share a name."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws.package import load_template
from tests.template.rules.reading import of_type
from tillbridge.version import VERSION

ROOT = Path(__file__).parents[2]
TEMPLATE = load_template(ROOT / "template.yaml")
NAMES = ("T", "tillbridge-Staging-Europe1", f"Shop-{'a' * 59}", f"Z{'y-' * 63}9")
UUID = "1c2fa620-982a-11e3-aff7-50e2416294e0"
ACCOUNT = "123456789012"
REGION = "ap-southeast-2"  # no name of a region is longer than 14 characters but those of GovCloud

BOUNDS = {
    ("AWS::SQS::Queue", "QueueName"): r"[A-Za-z0-9_-]{1,75}(\.fifo)?",
    ("AWS::DynamoDB::Table", "TableName"): r"[A-Za-z0-9_.-]{3,255}",
    ("AWS::S3::Bucket", "BucketName"): r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
    ("AWS::Serverless::Function", "FunctionName"): r"[A-Za-z0-9-_]{1,64}",
    ("AWS::Serverless::LayerVersion", "LayerName"): r"[A-Za-z0-9-_]{1,140}",
    ("AWS::Serverless::HttpApi", "Name"): r".{1,128}",
    ("AWS::Logs::LogGroup", "LogGroupName"): r"[.\-_/#A-Za-z0-9]{1,512}",
    ("AWS::SecretsManager::Secret", "Name"): r"[A-Za-z0-9/_+=.@-]{1,505}",
    ("AWS::Events::EventBus", "Name"): r"[.\-_A-Za-z0-9]{1,256}",
    ("AWS::CloudWatch::Dashboard", "DashboardName"): r"[A-Za-z0-9_-]{1,255}",
}
"""What AWS takes as a name; what is not here is named by CloudFormation."""

NAMING = re.compile(r"(^|[a-z])Name$")
REFERENCES = {"AttributeName", "EventBusName", "IndexName", "MetricName", "PolicyName"}
"""Properties that name something within their resource, or another of this template."""

MOST_BYTES = 4_096
"""Of all variables of a function, names and values, as Lambda counts them."""


class Stack:
    """What intrinsic functions of the template give in a stack with this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.own = f"tillbridge-{UUID.split('-', maxsplit=1)[0]}"

    def value(self, of: Any) -> Any:
        """Return what a property holds; of a condition, the longer way."""
        match of:
            case {"Ref": str(name)}:
                return self._ref(name)
            case {"Fn::Sub": str(text)}:
                return re.sub(r"\$\{([^}]+)\}", lambda found: self._ref(found[1]), text)
            case {"Fn::If": [_, yes, no]}:
                return max((self.value(yes), self.value(no)), key=len)
            case {"Fn::GetAtt": _}:
                return self._arn()
        return of

    def _ref(self, name: str) -> str:
        pseudo = {
            "AWS::StackName": self.name,
            "AWS::AccountId": ACCOUNT,
            "AWS::Region": REGION,
            "AWS::NoValue": "",
            "AWS::URLSuffix": "amazonaws.com",
            "Own.Value": self.own,
        }
        if name in pseudo:
            return pseudo[name]
        if name in TEMPLATE["Parameters"]:
            # A bucket's name and addresses are what is long of what people may give.
            return "x" * (
                63 if "Bucket" in name else 128 if "Url" in name or "Issuer" in name else 16
            )
        resource = TEMPLATE["Resources"][name]
        said = [v for (kind, prop), _ in BOUNDS.items() if kind == resource["Type"]
                for v in [resource["Properties"].get(prop)] if v]  # fmt: skip
        named = self.value(said[0]) if said else "x" * 64
        if resource["Type"] == "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{named}"
        return str(named)

    def _arn(self) -> str:
        return f"arn:aws:service:{REGION}:{ACCOUNT}:{'x' * 80}"


@pytest.mark.parametrize("name", NAMES, ids=len)
def test_the_names_in_a_stack_fit_whatever_it_is_called(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z][-A-Za-z0-9]{0,127}", name)
    stack = Stack(name)
    for (kind, prop), bound in BOUNDS.items():
        for logical_id, resource in of_type(TEMPLATE, kind).items():
            given = stack.value(resource[prop])
            assert re.fullmatch(bound, given), f"{logical_id}: {given}"


@pytest.mark.parametrize("name", NAMES, ids=len)
def test_the_environment_of_each_function_fits(name: str) -> None:
    stack = Stack(name)
    shared = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]
    for logical_id, function in of_type(TEMPLATE, "AWS::Serverless::Function").items():
        variables = {**shared, **function["Environment"]["Variables"]}
        size = sum(len(key) + len(str(stack.value(value))) for key, value in variables.items())
        assert size <= MOST_BYTES, f"{logical_id}: {size} bytes"


def _of_ours(value: Any) -> dict[str, Any]:
    """Return a reference to another resource of the template, which has a name of its own; else nothing."""
    found = isinstance(value, dict) and value.get("Ref") in TEMPLATE["Resources"]
    return value if found else {}


def test_no_two_stacks_share_a_name() -> None:
    """A name says the stack's own, or CloudFormation makes it."""
    named = [
        (logical_id, prop, value)
        for logical_id, resource in TEMPLATE["Resources"].items()
        for prop, value in resource.get("Properties", {}).items()
        if NAMING.search(prop) and prop not in REFERENCES and "Ref" not in _of_ours(value)
    ]
    assert len(named) > 30
    for logical_id, prop, value in named:
        said = str(value)
        assert "Own.Value" in said or "AWS::StackName" in said, f"{logical_id}.{prop}: {said}"
        assert (TEMPLATE["Resources"][logical_id]["Type"], prop) in BOUNDS, f"no bound of {prop}"


def test_nothing_is_named_after_the_stack_but_for_its_secrets_bus_and_dashboard() -> None:
    """Names that are put together elsewhere, in rights and on the dashboard, are those that there are."""
    text = (ROOT / "template.yaml").read_text(encoding="utf-8")
    assert "${AWS::StackName}-" not in text, "queues, tables and functions begin with ${Own.Value}"


def test_what_a_stack_retains_is_in_no_way_of_the_next_with_its_name() -> None:
    """Its tables stay when a stack is deleted. One that is made anew has another id, and so other names."""
    for resource in TEMPLATE["Resources"].values():
        if resource.get("DeletionPolicy", "Delete") != "Delete":
            name = next(v for p, v in resource["Properties"].items() if NAMING.search(p))
            assert name["Fn::Sub"].startswith("${Own.Value}-")


def test_the_release_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == TEMPLATE["Outputs"]["Version"]["Value"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
