"""What AWS demands of queues, and what keeps a message from being lost or handled twice."""

from tests.template.rules.reading import (
    Json,
    Template,
    denies_plain_http,
    functions,
    logical_id,
    of_type,
    queues,
    sqs_sources,
)

ONE_SLICE = frozenset({"StoreWorkQueue", "OrdersQueue", "PosPollsQueue"})
"""Queues whose message is a signal for one slice of one store. What a killed slice costs is their visibility, and
a signal that comes while its slice still works finds that out (docs/adr/0033-a-killed-slice-costs-its-store-two-minutes.md)."""

MARGIN_S = 10


def visibility_outlives_the_work(template: Template) -> list[str]:
    """Return queues whose messages may come again while their function still runs: AWS demands six times its
    timeout, for batches that are throttled and tried again. The queues of one slice need their function's timeout
    and 10 s, if nothing throttles it: one message a call, and a bound on calls at once."""
    wrong = []
    for name, queue, event in sqs_sources(template):
        timeout = functions(template)[name]["Timeout"]
        least = timeout + MARGIN_S if _is_one_slice(queue, event) else 6 * timeout
        visibility = queues(template)[queue].get("VisibilityTimeout", 30)
        if visibility < least:
            wrong.append(f"{queue}: visibility {visibility} s is less than the {least} s of {name}")
    return wrong


def _is_one_slice(queue: str, event: Template) -> bool:
    bounded = "MaximumConcurrency" in event.get("ScalingConfig", {})
    return queue in ONE_SLICE and event.get("BatchSize") == 1 and bounded


def batch_sizes_are_allowed(template: Template) -> list[str]:
    """Return batch sizes that AWS refuses: FIFO over 10, standard over 10,000 or over 10 without a
    window."""
    wrong = []
    for name, queue, event in sqs_sources(template):
        size = event.get("BatchSize", 10)
        fifo = queues(template)[queue].get("FifoQueue", False)
        window = event.get("MaximumBatchingWindowInSeconds", 0)
        if fifo and window:
            wrong.append(f"{name} from {queue}: a FIFO source takes no batching window")
        if not 1 <= size <= (10 if fifo or not window else 10_000):
            wrong.append(f"{name} from {queue}: batch size {size}")
    return wrong


def sources_report_each_failure(template: Template) -> list[str]:
    """Return sources that report no single failures: one bad message would bring its whole batch
    back."""
    return [
        f"{name} from {queue} does not report batch item failures"
        for name, queue, event in sqs_sources(template)
        if event.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]
    ]


def sources_have_a_dead_letter_queue(template: Template) -> list[str]:
    """Return sources without a dead-letter queue of the same kind that keeps messages longer (their
    age goes on counting) and takes them after 5 receives or more."""
    wrong = []
    for _, queue, _ in sqs_sources(template):
        source = queues(template)[queue]
        redrive = source.get("RedrivePolicy", {})
        dead = queues(template).get(logical_id(redrive.get("deadLetterTargetArn")) or "")
        if dead is None:
            wrong.append(f"{queue} has no dead-letter queue")
            continue
        if dead.get("FifoQueue", False) != source.get("FifoQueue", False):
            wrong.append(f"{queue}: its dead-letter queue is of the other kind")
        if dead["MessageRetentionPeriod"] <= source["MessageRetentionPeriod"]:
            wrong.append(f"{queue}: its dead-letter queue forgets as soon as the queue itself")
        if redrive["maxReceiveCount"] < 5:
            wrong.append(f"{queue}: throttled receives would use up {redrive['maxReceiveCount']}")
    return wrong


def messages_die_before_they_expire(template: Template) -> list[str]:
    """Return sources that forget a message before its last receive: it would be gone without a dead
    letter. What returns does so after the visibility timeout."""
    wrong = []
    for _, queue, _ in sqs_sources(template):
        source = queues(template)[queue]
        most = source.get("RedrivePolicy", {}).get("maxReceiveCount", 0)
        last = most * source.get("VisibilityTimeout", 30)
        if last >= source["MessageRetentionPeriod"]:
            wrong.append(
                f"{queue}: {most} receives take {last} s, but it keeps a message less long"
            )
    return wrong


THROTTLED_S = 3_600
"""For so long Lambda may refuse every call for a message before it is a dead letter. The poller tries again until the
message's visibility ends, so that each receive lasts as long, and what is too much is seen (ThrottlesAlarm)."""


def throttled_receives_last_an_hour(template: Template) -> list[str]:
    """Return sources whose messages would be dead letters after less than an hour in which an account that is short
    of functions refuses every call: no fault of theirs."""
    wrong = []
    for _, queue, _ in sqs_sources(template):
        source = queues(template)[queue]
        most = source.get("RedrivePolicy", {}).get("maxReceiveCount", 0)
        if (lasts := most * source.get("VisibilityTimeout", 30)) < THROTTLED_S:
            wrong.append(f"{queue}: {most} throttled receives last {lasts} s")
    return wrong


def fifo_queues_are_named_so(template: Template) -> list[str]:
    """Return FIFO queues whose name does not end in .fifo, and others whose name does: AWS refuses
    both."""
    return [
        f"{name}: its name and its kind disagree"
        for name, queue in queues(template).items()
        if queue["QueueName"]["Fn::Sub"].endswith(".fifo") != queue.get("FifoQueue", False)
    ]


def fifo_throughput_is_per_group(template: Template) -> list[str]:
    """Return queues with perMessageGroupId but without the deduplication scope messageGroup, which
    it needs."""
    return [
        f"{name}: throughput per group needs deduplication per group"
        for name, queue in queues(template).items()
        if queue.get("FifoThroughputLimit") == "perMessageGroupId"
        and queue.get("DeduplicationScope") != "messageGroup"
    ]


def only_fifo_queues_have_fifo_settings(template: Template) -> list[str]:
    """Return standard queues with settings of a FIFO queue: AWS refuses them."""
    fifo_only = {"ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"}
    return [
        f"{name}: {', '.join(sorted(fifo_only & queue.keys()))} on a standard queue"
        for name, queue in queues(template).items()
        if not queue.get("FifoQueue", False) and fifo_only & queue.keys()
    ]


def queues_are_encrypted(template: Template) -> list[str]:
    """Return queues without encryption by SQS's own key where no key is given; SQS refuses both at once."""
    return [
        f"{name} is not encrypted"
        for name, queue in queues(template).items()
        if queue.get("SqsManagedSseEnabled") != {"Fn::If": ["HasKmsKey", False, True]}
    ]


def queues_refuse_plain_http(template: Template) -> list[str]:
    """Return queues without a policy, or with several, of which SQS would keep one; and those whose policy does not
    deny every call that comes without TLS."""
    wrong = []
    for name in queues(template):
        policies = [
            each["PolicyDocument"]["Statement"]
            for each in of_type(template, "AWS::SQS::QueuePolicy").values()
            if name in {logical_id(queue) for queue in each["Queues"]}
        ]
        if len(policies) != 1:
            wrong.append(f"{name} has {len(policies)} policies")
        elif not any(
            denies_plain_http(each, "sqs:*")
            and (each["Resource"] == "*" or logical_id(each["Resource"]) == name)
            for each in policies[0]
        ):
            wrong.append(f"{name} may be called without TLS")
    return wrong


def dead_letter_queues_take_from_their_source_alone(template: Template) -> list[str]:
    """Return queues that are dead-letter queues, or end in the name of one, and do not name each queue that may send
    there: another queue's owner could fill them, and raise our alarms."""
    sources: dict[str, list[str]] = {}
    for queue in queues(template).values():
        if target := logical_id(queue.get("RedrivePolicy", {}).get("deadLetterTargetArn")):
            sources.setdefault(target, []).append(_name(queue))
    wrong = []
    for name, queue in queues(template).items():
        if "RedrivePolicy" in queue:
            continue
        policy = queue.get("RedriveAllowPolicy", {})
        told = [
            arn["Fn::Sub"].partition("${AWS::AccountId}:")[2]
            for arn in policy.get("sourceQueueArns", [])
        ]
        meant = "byQueue" if name in sources else "denyAll"
        if policy.get("redrivePermission") != meant or told != sources.get(name, []):
            wrong.append(f"{name}: its RedriveAllowPolicy does not name its sources")
    return wrong


def _name(queue: Json) -> str:
    # The policy of a dead-letter queue names its sources by name: by reference they would name each other.
    return str(queue["QueueName"]["Fn::Sub"])
