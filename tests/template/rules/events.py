"""What AWS demands of rules and their targets, and where an event goes that reaches no target."""

from collections.abc import Iterator

from tests.template.rules.permissions import grants
from tests.template.rules.reading import (
    Json,
    Template,
    as_list,
    functions,
    logical_id,
    of_type,
    queues,
    rules,
)

_OPERATORS = frozenset(
    {"prefix", "suffix", "anything-but", "numeric", "exists", "cidr", "equals-ignore-case"}
    | {"wildcard"}
)


def _targets(template: Template) -> Iterator[tuple[str, Json]]:
    for name, rule in rules(template).items():
        for target in rule["Targets"]:
            yield name, target


def fifo_targets_name_their_group(template: Template) -> list[str]:
    """Return FIFO targets without SqsParameters and standard ones with them: AWS refuses both."""
    return [
        f"{rule}: a FIFO queue needs a MessageGroupId, and only a FIFO queue takes one"
        for rule, target in _targets(template)
        if (queue := queues(template).get(logical_id(target["Arn"]) or "")) is not None
        and bool(queue.get("FifoQueue", False))
        != ("MessageGroupId" in target.get("SqsParameters", {}))
    ]


def targets_have_a_dead_letter_queue(template: Template) -> list[str]:
    """Return targets without a standard dead-letter queue: EventBridge takes no FIFO queue for
    this."""
    wrong = []
    for rule, target in _targets(template):
        dead = logical_id(target.get("DeadLetterConfig", {}).get("Arn"))
        if dead not in queues(template):
            wrong.append(f"{rule}: target {target['Id']} has no dead-letter queue")
        elif queues(template)[dead].get("FifoQueue", False):
            wrong.append(f"{rule}: its dead-letter queue is FIFO")
    return wrong


def functions_that_rules_call_keep_what_they_fail_on(template: Template) -> list[str]:
    """Return rules whose function loses what it fails on. A rule's call counts as delivered once
    Lambda took it: after three failures it is gone, unless the function has a dead-letter queue of
    its own and may send to it."""
    wrong = []
    for rule, target in _targets(template):
        function = functions(template).get(logical_id(target["Arn"]) or "")
        if function is None:
            continue
        dead = logical_id(function.get("DeadLetterQueue", {}).get("TargetArn"))
        role = logical_id(function["Role"]) or ""
        if dead not in queues(template) or ("sqs:SendMessage", dead) not in grants(template, role):
            wrong.append(f"{rule}: what its function fails on is lost")
    return wrong


def rules_may_send_to_their_queues(template: Template) -> list[str]:
    """Return rules without a policy that names them at their target or dead-letter queue: without
    one, events vanish."""
    return [
        f"{rule} may not send to {queue}"
        for rule, target in _targets(template)
        for queue in (
            logical_id(target["Arn"]),
            logical_id(target.get("DeadLetterConfig", {}).get("Arn")),
        )
        if queue in queues(template) and rule not in _senders(template, queue)
    ]


def _senders(template: Template, queue: str) -> set[str | None]:
    """Return the rules for which a policy of this queue lets EventBridge send."""
    senders: set[str | None] = set()
    for policy in of_type(template, "AWS::SQS::QueuePolicy").values():
        if queue not in {logical_id(q) for q in policy["Queues"]}:
            continue
        for statement in as_list(policy["PolicyDocument"]["Statement"]):
            if (
                statement["Effect"] == "Allow"
                and statement["Principal"] == {"Service": "events.amazonaws.com"}
                and "sqs:SendMessage" in as_list(statement["Action"])
                and logical_id(statement["Resource"]) == queue
            ):
                arns = statement.get("Condition", {}).get("ArnEquals", {}).get("aws:SourceArn", [])
                senders |= {logical_id(arn) for arn in as_list(arns)}
    return senders


def rules_may_invoke_their_functions(template: Template) -> list[str]:
    allowed = {
        (logical_id(p["SourceArn"]), logical_id(p["FunctionName"]))
        for p in of_type(template, "AWS::Lambda::Permission").values()
        if p["Action"] == "lambda:InvokeFunction" and p["Principal"] == "events.amazonaws.com"
    }
    return [
        f"{rule} may not invoke {target['Arn']}"
        for rule, target in _targets(template)
        if logical_id(target["Arn"]) in functions(template)
        and (rule, logical_id(target["Arn"])) not in allowed
    ]


def patterns_use_known_operators(template: Template) -> list[str]:
    """Return operators that AWS does not know: it refuses them, and the local AWS never matches."""
    return [
        f"{name}: unknown operator {operator!r}"
        for name, rule in rules(template).items()
        for values in rule.get("EventPattern", {}).values()
        for value in values
        if isinstance(value, dict)
        for operator in value
        if operator not in _OPERATORS
    ]


def patterned_rules_watch_our_bus(template: Template) -> list[str]:
    """Return rules on the wrong bus: senders use the stack's own, a schedule works only on the
    default."""
    return [
        f"{name}: on the wrong bus"
        for name, rule in rules(template).items()
        if ("ScheduleExpression" in rule) == ("EventBusName" in rule)
    ]
