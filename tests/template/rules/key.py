"""The key that an operator may give: with it nothing at rest is left to another key, and whoever
reads or writes what it encrypts has its rights, through the service that asks for them, and no more."""

from tests.template.rules.permissions import grants
from tests.template.rules.reading import (
    Json,
    Template,
    as_list,
    functions,
    logical_id,
    of_type,
    statements,
)

THE_KEY = {"Fn::If": ["HasKmsKey", {"Ref": "KmsKeyArn"}, {"Ref": "AWS::NoValue"}]}

_PLACES = {
    "AWS::SQS::Queue": "KmsMasterKeyId",
    "AWS::Logs::LogGroup": "KmsKeyId",
    "AWS::SecretsManager::Secret": "KmsKeyId",
}
_ON_THEIR_OWN = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Serverless::Function")
"""Types whose key stands elsewhere: a rule of its own looks at each."""

_OTHERS = {
    "AWS::Events::EventBus": "keeps nothing",
    "AWS::Events::Archive": "stays with AWS's own key (docs/adr/0053)",
    "AWS::Serverless::LayerVersion": "our code, which is public",
    "AWS::Serverless::HttpApi": "keeps nothing",
    "AWS::CloudWatch::Alarm": "figures without names",
    "AWS::CloudWatch::Dashboard": "figures without names",
    "AWS::Events::EventBusPolicy": "a right",
    "AWS::Events::Rule": "a rule",
    "AWS::IAM::Policy": "a right",
    "AWS::IAM::Role": "a right",
    "AWS::SSM::Parameter": "what names begin with, which outputs tell too",
    "AWS::Lambda::Permission": "a right",
    "AWS::S3::BucketPolicy": "a right",
    "AWS::SQS::QueuePolicy": "a right",
}


def whatever_keeps_data_takes_the_key(template: Template) -> list[str]:
    """Return resources that would stay without the key, and types of which nobody said whether they
    keep data."""
    wrong = []
    for name, resource in template["Resources"].items():
        kind = resource["Type"]
        place = _PLACES.get(kind)
        if place and resource["Properties"].get(place) != THE_KEY:
            wrong.append(f"{name}: {place} is not the key")
        if not place and kind not in _ON_THEIR_OWN and kind not in _OTHERS:
            wrong.append(f"{name}: does a {kind} keep data? Say it in {__name__}")
    return wrong


def tables_buckets_and_environments_take_the_key(template: Template) -> list[str]:
    """Return tables, buckets and functions that would stay without the key."""
    wrong = []
    for name, table in of_type(template, "AWS::DynamoDB::Table").items():
        choice = table["SSESpecification"].get("Fn::If", [None, {}])
        key = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": {"Ref": "KmsKeyArn"}}
        if choice[:2] != ["HasKmsKey", key]:
            wrong.append(f"{name}: no key")
    for name, bucket in of_type(template, "AWS::S3::Bucket").items():
        (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        said = rule["ServerSideEncryptionByDefault"]
        by_key = said["SSEAlgorithm"] == {"Fn::If": ["HasKmsKey", "aws:kms", "AES256"]}
        if not by_key or said["KMSMasterKeyID"] != THE_KEY:
            wrong.append(f"{name}: no key")
    return wrong + [
        f"{name}: its environment has no key"
        for name, function in functions(template).items()
        if function.get("KmsKeyArn") != THE_KEY
    ]


_DECRYPT, _GENERATE = "kms:Decrypt", "kms:GenerateDataKey"
_NEEDED = {
    "sqs:ReceiveMessage": {(_DECRYPT, "sqs")},
    "sqs:SendMessage": {(_DECRYPT, "sqs"), (_GENERATE, "sqs")},
    "s3:GetObject": {(_DECRYPT, "s3")},
    "s3:PutObject": {(_GENERATE, "s3")},
    "secretsmanager:GetSecretValue": {(_DECRYPT, "secretsmanager")},
    "secretsmanager:CreateSecret": {(_DECRYPT, "secretsmanager"), (_GENERATE, "secretsmanager")},
    "secretsmanager:PutSecretValue": {(_DECRYPT, "secretsmanager"), (_GENERATE, "secretsmanager")},
}
"""By action, what the service asks for on the key in the caller's name."""


def roles_may_use_the_key_where_they_must_and_nowhere_else(template: Template) -> list[str]:
    """Return roles whose rights on the key are not those that their other rights need."""
    wrong = []
    for name, function in functions(template).items():
        role = logical_id(function["Role"]) or ""
        needed = {(_DECRYPT, "lambda")}
        for action, _ in grants(template, role):
            needed |= _NEEDED.get(action, set())
            if action.startswith("dynamodb:"):
                needed |= {(_DECRYPT, "dynamodb")}
        if (granted := _rights_on_the_key(template, role)) != needed:
            wrong.append(f"{name}: {sorted(granted ^ needed)}")
    return wrong


def rights_on_keys_hold_through_a_service_alone(template: Template) -> list[str]:
    """Return rights on a key that hold for whoever asks KMS itself, or without the key's parameter."""
    policies = {
        name: each
        for kind in ("AWS::IAM::Policy", "AWS::IAM::Role")
        for name, each in of_type(template, kind).items()
    }
    return [
        f"{name}: {statement['Action']}"
        for name, properties in policies.items()
        for statement in statements(properties)
        if any(action.startswith("kms:") for action in as_list(statement["Action"]))
        and (
            not any("kms:ViaService" in each for each in statement.get("Condition", {}).values())
            or statement["Resource"] not in ({"Ref": "KmsKeyArn"}, {"Ref": "PosClaimKeyArn"})
        )
    ]


def _rights_on_the_key(template: Template, role: str) -> set[tuple[str, str]]:
    found = set()
    for policy in of_type(template, "AWS::IAM::Policy").values():
        if role not in {logical_id(_chosen(each)) for each in policy["Roles"]}:
            continue
        for statement in statements(policy):
            services = statement.get("Condition", {}).get("StringEquals", {}).get("kms:ViaService")
            found |= {
                (action, service["Fn::Sub"].partition(".")[0])
                for action in as_list(statement["Action"])
                for service in as_list(services or [])
            }
    return found


def _chosen(value: Json) -> Json:
    return value["Fn::If"][1] if isinstance(value, dict) and "Fn::If" in value else value
