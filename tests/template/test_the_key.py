"""The template with a KMS key of the operator's own, and without one; and the key's policy that docs/deploying.md
tells them to give it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.template.rules.reading import Template, functions, of_type

NOTHING = {"Ref": "AWS::NoValue"}


def _decided(value: Any, *, given: bool) -> Any:
    """Return a part of the template as it is with the key, or without it."""
    match value:
        case {"Fn::If": ["HasKmsKey", yes, no]}:
            return _decided(yes if given else no, given=given)
        case dict():
            parts = {name: _decided(each, given=given) for name, each in value.items()}
            return {name: each for name, each in parts.items() if each != NOTHING}
        case list():
            return [_decided(each, given=given) for each in value]
        case _:
            return value


def _resources(template: Template, *, given: bool) -> dict[str, Any]:
    kept = {
        name: each
        for name, each in template["Resources"].items()
        if given
        or each.get("Condition")
        not in {"HasKmsKey", "HasConsoleAndKmsKey", "HasVendorPosAndKmsKey"}
    }
    return {"Resources": _decided(kept, given=given), "Globals": template["Globals"]}


def test_without_a_key_the_template_is_what_it_was_before_there_was_one(template: Template) -> None:
    plain = _resources(template, given=False)
    console = plain["Resources"]["ConsoleFunction"]["Properties"]["Environment"]["Variables"]
    assert console.pop("KMS_KEY_ARN") == {"Ref": "KmsKeyArn"}  # which is blank
    assert "KmsKeyArn" not in json.dumps(plain["Resources"])
    assert all(q["SqsManagedSseEnabled"] for q in of_type(plain, "AWS::SQS::Queue").values())
    for table in of_type(plain, "AWS::DynamoDB::Table").values():
        assert table["SSESpecification"] == {"SSEEnabled": True}
    (rule,) = of_type(plain, "AWS::S3::Bucket")["ClaimBucket"]["BucketEncryption"][
        "ServerSideEncryptionConfiguration"
    ]
    assert rule["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}


def test_with_a_key_nothing_is_encrypted_twice_or_by_another(template: Template) -> None:
    own = _resources(template, given=True)
    for queue in of_type(own, "AWS::SQS::Queue").values():
        assert queue["SqsManagedSseEnabled"] is False, "SQS takes one of the two"
        assert queue["KmsMasterKeyId"] == {"Ref": "KmsKeyArn"}
    (rule,) = of_type(own, "AWS::S3::Bucket")["ClaimBucket"]["BucketEncryption"][
        "ServerSideEncryptionConfiguration"
    ]
    assert rule == {
        "BucketKeyEnabled": True,
        "ServerSideEncryptionByDefault": {
            "SSEAlgorithm": "aws:kms",
            "KMSMasterKeyID": {"Ref": "KmsKeyArn"},
        },
    }


@pytest.fixture
def policy(repository: Path) -> dict[str, Any]:
    page = (repository / "docs/deploying.md").read_text()
    (block,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    said: dict[str, Any] = json.loads(block)
    return said


def test_the_policy_of_the_key_lets_rules_send_and_logs_be_written(
    policy: dict[str, Any], template: Template
) -> None:
    told = {each["Sid"]: each for each in policy["Statement"]}
    assert all(each["Effect"] == "Allow" for each in told.values())
    rules, logs = told["RulesSend"], told["LogsAreWritten"]
    assert rules["Principal"] == {"Service": "events.amazonaws.com"}
    assert set(rules["Action"]) == {"kms:Decrypt", "kms:GenerateDataKey"}
    assert logs["Principal"] == {"Service": "logs.REGION.amazonaws.com"}
    (arn,) = logs["Condition"]["ArnLike"].values()
    prefix = arn.partition(":log-group:")[2].removesuffix("*")
    groups = [each["LogGroupName"] for each in of_type(template, "AWS::Logs::LogGroup").values()]
    assert len(groups) == len(functions(template))
    begin = template["Resources"]["Own"]["Properties"]["Value"]["Fn::Join"][1][0]
    names = [each["Fn::Sub"].replace("${Own.Value}", f"{begin}-1a2b3c4d") for each in groups]
    assert all(name.startswith(prefix) for name in names)
