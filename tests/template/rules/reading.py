"""How a rule reads a template: references are resolved to logical ids and defaults."""

from collections.abc import Iterator
from typing import Any

type Json = Any
type Template = dict[str, Any]


def of_type(template: Template, kind: str) -> dict[str, Json]:
    """Return the properties of every resource of one type, by logical id."""
    return {
        name: resource.get("Properties", {})
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind
    }


def queues(template: Template) -> dict[str, Json]:
    return of_type(template, "AWS::SQS::Queue")


def functions(template: Template) -> dict[str, Json]:
    """Return functions with the Globals they inherit."""
    inherited = template.get("Globals", {}).get("Function", {})
    return {
        name: {**inherited, **own}
        for name, own in of_type(template, "AWS::Serverless::Function").items()
    }


def rules(template: Template) -> dict[str, Json]:
    return of_type(template, "AWS::Events::Rule")


def logical_id(value: Json) -> str | None:
    """Return the resource to which a Ref, a GetAtt or the head of a Sub points."""
    match value:
        case {"Ref": str(name)}:
            return name
        case {"Fn::GetAtt": [str(name), *_]}:
            return name
        case {"Fn::GetAtt": str(path)}:
            return path.split(".")[0]
        case {"Fn::Sub": str(text)} if text.startswith("${"):
            return text[2:].split("}")[0].split(".")[0]
        case _:
            return None


def number(template: Template, value: Json, *, small: bool = False) -> int:
    """Return a number, or the default of the parameter that stands for it; `small`: where the account is."""
    match value:
        case {"Fn::If": ["IsSmallAccount", in_small, otherwise]}:
            value = in_small if small else otherwise
    name = logical_id(value)
    return int(template["Parameters"][name]["Default"] if name else value)


def sqs_sources(template: Template) -> Iterator[tuple[str, str, Json]]:
    """Yield (function, queue, event properties) for every queue that feeds a function."""
    for name, function in functions(template).items():
        for event in function.get("Events", {}).values():
            if event["Type"] == "SQS":
                queue = logical_id(event["Properties"]["Queue"])
                assert queue, f"{name}: its queue is not one of this template"
                yield name, queue, event["Properties"]


def as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def statements(properties: Json) -> Iterator[Json]:
    """Yield every policy statement of a role, or of a policy apart, those of a condition too."""
    apart = [properties] if "PolicyDocument" in properties else []
    for policy in [*properties.get("Policies", []), *apart]:
        for statement in as_list(policy["PolicyDocument"]["Statement"]):
            yield from _either(statement)


def denies_plain_http(statement: Json, action: str) -> bool:
    """Return whether a statement of a policy denies everybody an action by a call without TLS."""
    return bool(
        statement.get("Effect") == "Deny"
        and statement["Principal"] == "*"
        and statement["Action"] == action
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    )


def _either(value: Json) -> Iterator[Json]:
    """Yield a value, or those that a condition chooses from."""
    match value:
        case {"Fn::If": [_, *choices]}:
            yield from (one for choice in choices for one in _either(choice))
        case {"Ref": "AWS::NoValue"}:
            pass
        case _:
            yield value
