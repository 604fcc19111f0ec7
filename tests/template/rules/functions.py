"""What every function has: a log that ends, a size, and no way to starve or be starved."""

from tests.template.rules.reading import Template, functions, logical_id, number, of_type


def functions_have_a_log_group(template: Template) -> list[str]:
    """Of their own and with an end; the one Lambda makes by itself is kept for ever."""
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
    """Reserved concurrency throttles receives into the dead-letter queue: MaximumConcurrency."""
    return [
        f"{name} reserves concurrency"
        for name, function in functions(template).items()
        if "ReservedConcurrentExecutions" in function
    ]


def maximum_concurrency_is_two_or_more(template: Template) -> list[str]:
    """AWS refuses less than 2, and more than 1,000."""
    wrong = []
    for name, function in functions(template).items():
        for event in function.get("Events", {}).values():
            scaling = event["Properties"].get("ScalingConfig")
            if scaling and not 2 <= number(template, scaling["MaximumConcurrency"]) <= 1000:
                wrong.append(f"{name}: maximum concurrency")
    return wrong


def code_is_one_folder_without_libraries(template: Template) -> list[str]:
    """Libraries come from the layer, which every function has."""
    return [
        f"{name}: {function['CodeUri']}"
        for name, function in functions(template).items()
        if not function["CodeUri"].startswith("functions/")
        or function["Handler"] != "app.handler"
        or {"Ref": "CommonLayer"} not in function.get("Layers", [])
    ]


def the_layer_is_built_for_its_functions(template: Template) -> list[str]:
    """A wrong ContentUri or no BuildMethod ships a layer that cannot be imported, in silence."""
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
