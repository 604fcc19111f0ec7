"""What AWS demands of tables and buckets, and what protects their contents."""

from typing import Any

from tests.template.rules.reading import Template, denies_plain_http, logical_id, of_type

_PK_SK = [
    {"AttributeName": "pk", "KeyType": "HASH"},
    {"AttributeName": "sk", "KeyType": "RANGE"},
]


def tables(template: Template) -> dict[str, Any]:
    return of_type(template, "AWS::DynamoDB::Table")


def keys_are_pk_and_sk(template: Template) -> list[str]:
    return [n for n, table in tables(template).items() if table["KeySchema"] != _PK_SK]


def attributes_are_those_of_keys(template: Template) -> list[str]:
    """Return tables that define an attribute no key uses, or the other way round: AWS refuses
    both."""
    wrong = []
    for name, table in tables(template).items():
        schemas = [table["KeySchema"]] + [i["KeySchema"] for i in _indexes(table)]
        used = {key["AttributeName"] for schema in schemas for key in schema}
        if used != {a["AttributeName"] for a in table["AttributeDefinitions"]}:
            wrong.append(name)
    return wrong


def index_names_are_allowed(template: Template) -> list[str]:
    """Return index names that are not 3 to 255 characters long."""
    return [
        f"{name}: {index['IndexName']}"
        for name, table in tables(template).items()
        for index in _indexes(table)
        if not 3 <= len(index["IndexName"]) <= 255
    ]


def local_indexes_share_the_partition(template: Template) -> list[str]:
    return [
        f"{name}: {index['IndexName']}"
        for name, table in tables(template).items()
        for index in table.get("LocalSecondaryIndexes", [])
        if index["KeySchema"][0] != table["KeySchema"][0]
    ]


def tables_survive_mistakes(template: Template) -> list[str]:
    """Return tables without recovery to any point in time, encryption or protection by parameter,
    or that go with the stack."""
    kept = {"RetainExceptOnCreate", "Retain"}
    # Nothing is decided from history: what is lost of it could have been read, and no more.
    copied = {name: name != "HistoryTable" for name in tables(template)}
    return [
        name
        for name, table in tables(template).items()
        if table["BillingMode"] != "PAY_PER_REQUEST"
        or table.get("PointInTimeRecoverySpecification", {})
        != ({"PointInTimeRecoveryEnabled": True} if copied[name] else {})
        or table["SSESpecification"].get("Fn::If", [])[2:] != [{"SSEEnabled": True}]
        or table["DeletionProtectionEnabled"] != {"Fn::If": ["TablesProtected", True, False]}
        or template["Resources"][name].get("DeletionPolicy") not in kept
        or template["Resources"][name].get("UpdateReplacePolicy") not in kept
    ]


def claims_outlive_every_message(template: Template) -> list[str]:
    """Return buckets that expire too early or could be public: a dead-letter queue keeps a message
    for 14 days, and the object it points to must still be there."""
    wrong = []
    for name, bucket in of_type(template, "AWS::S3::Bucket").items():
        lifetimes = [r["ExpirationInDays"] for r in bucket["LifecycleConfiguration"]["Rules"]]
        if not lifetimes or min(lifetimes) < 14:
            wrong.append(f"{name}: {lifetimes}")
        if set(bucket["PublicAccessBlockConfiguration"].values()) != {True}:
            wrong.append(f"{name} could be made public")
    return wrong


def buckets_refuse_plain_http(template: Template) -> list[str]:
    """Return buckets whose policy does not deny every call without TLS, on the bucket and on what is in it."""
    meant = {
        logical_id(policy["Bucket"])
        for policy in of_type(template, "AWS::S3::BucketPolicy").values()
        for each in policy["PolicyDocument"]["Statement"]
        if denies_plain_http(each, "s3:*")
        and each["Resource"]
        == [
            {"Fn::GetAtt": [logical_id(policy["Bucket"]), "Arn"]},
            {"Fn::Sub": f"${{{logical_id(policy['Bucket'])}.Arn}}/*"},
        ]
    }
    return sorted(of_type(template, "AWS::S3::Bucket").keys() - meant)


def _indexes(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [*table.get("LocalSecondaryIndexes", []), *table.get("GlobalSecondaryIndexes", [])]
