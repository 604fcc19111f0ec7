"""What AWS demands of queues, and what keeps a message from being lost or handled twice."""

from tests.template.rules.reading import Template, functions, logical_id, queues, sqs_sources


def visibility_is_six_timeouts(template: Template) -> list[str]:
    """A message must not come again while its function still runs, retries included."""
    return [
        f"{queue}: visibility {queues(template)[queue].get('VisibilityTimeout', 30)} s is less "
        f"than 6 x the {functions(template)[name]['Timeout']} s of {name}"
        for name, queue, _ in sqs_sources(template)
        if queues(template)[queue].get("VisibilityTimeout", 30)
        < 6 * functions(template)[name]["Timeout"]
    ]


def batch_sizes_are_allowed(template: Template) -> list[str]:
    """FIFO at most 10; standard at most 10,000, and over 10 only with a window."""
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
    """Without it one bad message brings its whole batch back."""
    return [
        f"{name} from {queue} does not report batch item failures"
        for name, queue, event in sqs_sources(template)
        if event.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]
    ]


def sources_have_a_dead_letter_queue(template: Template) -> list[str]:
    """Of the same kind, keeping messages longer (their age goes on counting), after 5 receives."""
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


def fifo_queues_are_named_so(template: Template) -> list[str]:
    """AWS refuses a FIFO queue whose name does not end in .fifo, and the other way round."""
    return [
        f"{name}: its name and its kind disagree"
        for name, queue in queues(template).items()
        if queue["QueueName"]["Fn::Sub"].endswith(".fifo") != queue.get("FifoQueue", False)
    ]


def fifo_throughput_is_per_group(template: Template) -> list[str]:
    """perMessageGroupId is only taken together with the deduplication scope messageGroup."""
    return [
        f"{name}: throughput per group needs deduplication per group"
        for name, queue in queues(template).items()
        if queue.get("FifoThroughputLimit") == "perMessageGroupId"
        and queue.get("DeduplicationScope") != "messageGroup"
    ]


def only_fifo_queues_have_fifo_settings(template: Template) -> list[str]:
    """AWS refuses them on a standard queue."""
    fifo_only = {"ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"}
    return [
        f"{name}: {', '.join(sorted(fifo_only & queue.keys()))} on a standard queue"
        for name, queue in queues(template).items()
        if not queue.get("FifoQueue", False) and fifo_only & queue.keys()
    ]


def queues_are_encrypted(template: Template) -> list[str]:
    return [
        f"{name} is not encrypted"
        for name, queue in queues(template).items()
        if queue.get("SqsManagedSseEnabled") is not True
    ]
