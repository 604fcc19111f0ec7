"""Each function may do only what it does: the list is complete, so that a new right is a
decision."""

from collections.abc import Iterator

from tests.template.rules.reading import (
    Json,
    Template,
    as_list,
    functions,
    logical_id,
    of_type,
    rules,
    statements,
)

# Everything below one of these prefixes belongs to the statement's own resource.
_ALLOWED_ENDS = (
    "${ClaimBucket.Arn}/*",
    "${ClaimBucket.Arn}/asked/*",
    "${ClaimBucket.Arn}/polls/*",
    ":s3:::${PosClaimBucket}/*",
    ":secret:tillbridge/${AWS::StackName}/*",
    ":secret:tillbridge/${AWS::StackName}/hooks/*",
    ":secret:tillbridge/${AWS::StackName}/pos/*",
    ":secret:tillbridge/${AWS::StackName}/pos-hooks/*",
    ":secret:tillbridge/${AWS::StackName}/store/*",
)

_OF_NO_RESOURCE = ("xray:PutTraceSegments", "xray:PutTelemetryRecords")


def no_wildcards(template: Template) -> list[str]:
    """Return actions with a star, and resources that are one or end in one without need; of X-Ray's there is none."""
    return [
        f"{role}: {what}"
        for role, action, resource in _grants(template)
        for what in (action, _text(resource))
        if "*" in what
        and not what.endswith(_ALLOWED_ENDS)
        and not (what == "*" and action in _OF_NO_RESOURCE)
    ]


def functions_have_a_role_of_their_own(template: Template) -> list[str]:
    """Return functions without a role of their own: SAM's own may receive from every queue of the
    account."""
    roles = [logical_id(function.get("Role")) for function in functions(template).values()]
    own = of_type(template, "AWS::IAM::Role")
    return [
        f"{name}: no role of its own, or managed policies"
        for name, role in zip(functions(template), roles, strict=True)
        if role not in own or roles.count(role) > 1 or own[role].get("ManagedPolicyArns")
    ]


_MAY_BE_HEARD = tuple(
    (role, "events:PutEvents") for role in ("SweepRole", "ConsoleRole", "PollRole")
)


def nobody_puts_events_that_are_heard(template: Template) -> list[str]:
    """Return roles that may put events which a rule takes, or of any source: such a function could feed
    itself for ever. The sweep, which a schedule calls and no event, may put those of canaries; the console,
    which no queue and no rule feeds, what people ask for; polls, which no event starts, what changed in a POS."""
    return [
        f"{role} may put events"
        for role, properties in of_type(template, "AWS::IAM::Role").items()
        for statement in statements(properties)
        if any(action.startswith("events:") for action in as_list(statement["Action"]))
        and (role, statement["Action"]) not in _MAY_BE_HEARD
        and not _of_unheard_sources(template, statement)
    ]


def _of_unheard_sources(template: Template, statement: Json) -> bool:
    sources = as_list(
        statement.get("Condition", {}).get("StringEquals", {}).get("events:source", [])
    )
    heard = [each for rule in rules(template).values() for each in _sources(rule)]
    return bool(sources) and not any(
        source == one or (isinstance(one, dict) and source.startswith(one["prefix"]))
        for source in sources
        for one in heard
    )


def _sources(rule: Json) -> list[Json]:
    return as_list(rule.get("EventPattern", {}).get("source", []))


def grants(template: Template, role: str) -> set[tuple[str, str]]:
    """Return each (action, resource) of one role, resources as their logical ids."""
    return {
        (action, logical_id(resource) or _text(resource))
        for name, action, resource in _grants(template)
        if name == role
    }


def _grants(template: Template) -> Iterator[tuple[str, str, Json]]:
    for role, properties in of_type(template, "AWS::IAM::Role").items():
        for statement in (*statements(properties), *_apart(template, role)):
            for action in as_list(statement["Action"]):
                for resource in as_list(statement["Resource"]):
                    yield role, action, _taken(resource)


def _apart(template: Template, role: str) -> Iterator[Json]:
    """Yield the statements of policies that are given to a role from outside."""
    for policy in of_type(template, "AWS::IAM::Policy").values():
        if role in {logical_id(_taken(each)) for each in policy["Roles"]}:
            yield from statements(policy)


def _taken(resource: Json) -> Json:
    """Return the branch of an If that grants something."""
    return (
        resource["Fn::If"][1] if isinstance(resource, dict) and "Fn::If" in resource else resource
    )


def _text(resource: Json) -> str:
    return str(
        resource["Fn::Sub"] if isinstance(resource, dict) and "Fn::Sub" in resource else resource
    )
