"""What every function has: a log that expires, a size, and no way to starve others or be
starved."""

from tests.template.rules.permissions import grants
from tests.template.rules.reading import (
    Template,
    functions,
    logical_id,
    number,
    of_type,
    sqs_sources,
)


def functions_have_a_log_group(template: Template) -> list[str]:
    """Return functions without a log group that expires: the one that Lambda makes is kept for
    ever."""
    groups = of_type(template, "AWS::Logs::LogGroup")
    wrong = []
    for name, function in functions(template).items():
        group = groups.get(logical_id(function.get("LoggingConfig", {}).get("LogGroup")) or "")
        if group is None or "RetentionInDays" not in group:
            wrong.append(f"{name} has no log group with an end")
        elif not group["LogGroupName"]["Fn::Sub"].endswith(function["FunctionName"]["Fn::Sub"]):
            wrong.append(f"{name}: its log group bears another name")
    return wrong


def nothing_reserves_concurrency(template: Template) -> list[str]:
    """Return functions that reserve concurrency, which throttles receives into the dead-letter
    queue; MaximumConcurrency does not."""
    return [
        f"{name} reserves concurrency"
        for name, function in functions(template).items()
        if "ReservedConcurrentExecutions" in function
    ]


def maximum_concurrency_is_two_or_more(template: Template) -> list[str]:
    """Return sources whose MaximumConcurrency is below 2 or above 1,000: AWS refuses both."""
    wrong = []
    for name, function in functions(template).items():
        for event in function.get("Events", {}).values():
            scaling = event["Properties"].get("ScalingConfig")
            for small in (True, False) if scaling else ():
                most = number(template, scaling["MaximumConcurrency"], small=small)
                if not 2 <= most <= 1000:
                    wrong.append(f"{name}: maximum concurrency")
    return wrong


def code_is_one_folder_without_libraries(template: Template) -> list[str]:
    """Return functions with libraries of their own: libraries come from the layer, which all
    have."""
    return [
        f"{name}: {function['CodeUri']}"
        for name, function in functions(template).items()
        if not function["CodeUri"].startswith("functions/")
        or function["Handler"] != "app.handler"
        or {"Ref": "CommonLayer"} not in function.get("Layers", [])
    ]


def the_layer_is_built_for_its_functions(template: Template) -> list[str]:
    """Return faults of the layer: with a wrong ContentUri or no BuildMethod a layer is shipped that
    cannot be imported, and nothing says so."""
    layer = template["Resources"]["CommonLayer"]
    metadata, properties = layer.get("Metadata", {}), layer["Properties"]
    wrong = []
    if properties["ContentUri"] != "layers/common/python/":
        wrong.append("the build adds python/ itself: ContentUri must name the inner folder")
    for name, function in functions(template).items():
        if metadata.get("BuildMethod") != function["Runtime"]:
            wrong.append(f"the layer is not built for the runtime of {name}")
        if [metadata.get("BuildArchitecture")] != function["Architectures"]:
            wrong.append(f"the layer is not built for the architecture of {name}")
    return wrong


def every_function_is_traced_where_tracing_is_on(template: Template) -> list[str]:
    """Return functions that Lambda traces by another parameter, or whose role may not write traces."""
    meant = {"Fn::If": ["IsTraced", "Active", "PassThrough"]}
    return [
        name
        for name, function in functions(template).items()
        if function.get("Tracing") != meant
        or ("xray:PutTraceSegments", "*")
        not in grants(template, logical_id(function["Role"]) or "")
    ]


THE_ACCOUNTS = 1_000
"""Functions that an account may run at once, in a region, unless it is new or asked for more."""


def no_burst_takes_what_push_needs(template: Template) -> list[str]:
    """Return queues without a maximum, and one line when all of them may together take more than an
    account has: then a burst of events, or of imports, throttles the drains of all stores."""
    sources = list(sqs_sources(template))
    wrong = [
        f"{queue} has no maximum" for _, queue, event in sources if "ScalingConfig" not in event
    ]
    push = template["Parameters"]["PushConcurrency"]
    most = most_at_once(template, int(push["MaxValue"]))
    return [*wrong, *(["the queues may take more than there is"] if most > THE_ACCOUNTS else [])]


def a_small_account_is_shared_by_the_fewest(template: Template) -> list[str]:
    """Return queues that take more than two functions, the fewest that AWS allows, where the account is small."""
    return [
        f"{queue} takes {most}"
        for _, queue, event in sqs_sources(template)
        if "ScalingConfig" in event
        and (most := number(template, event["ScalingConfig"]["MaximumConcurrency"], small=True)) > 2
    ]


def most_at_once(template: Template, push_concurrency: int, *, small: bool = False) -> int:
    """Return how many functions the queues may run together, whatever bursts."""
    push = {**template["Parameters"]["PushConcurrency"], "Default": push_concurrency}
    given = {**template, "Parameters": {**template["Parameters"], "PushConcurrency": push}}
    return sum(
        number(given, event["ScalingConfig"]["MaximumConcurrency"], small=small)
        for _, _, event in sqs_sources(given)
        if "ScalingConfig" in event
    )
