"""What ships: sizes and limits, read from template.yaml and from the code that has them."""

from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from benches.idle_cost import of_a_store
from benches.scale.assumed import VCPU_MB
from sandbox.aws.package import load_template
from tillbridge.adapters.dynamodb.bulk import THREADS
from tillbridge.usecases.push.slice.session import PushDeps
from tillbridge.usecases.store_work import StoreWorkDeps

TEMPLATE = Path(__file__).parents[2] / "template.yaml"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: memory (MB), timeout (seconds)."""

    memory_mb: int
    timeout_s: float

    @property
    def share(self) -> float:
        """Return its share of a processor core. More than one core does not speed Python up."""
        return min(1.0, self.memory_mb / VCPU_MB)


@dataclass(frozen=True, slots=True)
class Deployment:
    """What the model needs of a deployment. `push_concurrency`: drains at once; `parts_concurrency`:
    intakes at once of parts of large events; `reconcile_concurrency`: runs at once; `batch`: messages an
    intake takes; `in_flight`: content calls at a time; `slice_s`: how long a drain lasts at most;
    `event_sources`: queues that are polled; `idle_store`: dollars a month of a store that only is there."""

    architecture: str
    push: Function
    intake: Function
    push_concurrency: int
    parts_concurrency: int
    reconcile_concurrency: int
    batch: int
    in_flight: int
    slice_s: float
    threads: int
    event_sources: int
    alarms: int
    idle_store: float


def shipped() -> Deployment:
    """Return what template.yaml deploys when no parameter is given."""
    template = load_template(TEMPLATE)
    resources = template["Resources"]
    parameters = {name: each["Default"] for name, each in template["Parameters"].items()}
    intake, push = resources["IntakeFunction"], resources["PushFunction"]
    functions = [
        each for each in resources.values() if each["Type"].endswith("Serverless::Function")
    ]
    sources = [e for each in functions for e in each["Properties"].get("Events", {}).values()]
    work = push["Properties"]["Events"]["StoreWork"]["Properties"]
    parts = intake["Properties"]["Events"]["ClaimParts"]["Properties"]
    runs = resources["ReconcileFunction"]["Properties"]["Events"]["Lines"]["Properties"]
    assert work["BatchSize"] == 1, "the model gives each slice a function of its own"
    return Deployment(
        architecture=parameters["Architecture"],
        push=_function(template, push),
        intake=_function(template, intake),
        push_concurrency=_value(work["ScalingConfig"]["MaximumConcurrency"], parameters),
        parts_concurrency=_value(parts["ScalingConfig"]["MaximumConcurrency"], parameters),
        reconcile_concurrency=_value(runs["ScalingConfig"]["MaximumConcurrency"], parameters),
        batch=parts["BatchSize"],
        in_flight=_default(PushDeps, "in_flight"),
        slice_s=_default(StoreWorkDeps, "slice_ms") / 1_000,
        threads=THREADS,
        event_sources=sum(each["Type"] == "SQS" for each in sources),
        alarms=sum(each["Type"] == "AWS::CloudWatch::Alarm" for each in resources.values()),
        idle_store=of_a_store(template),
    )


def _function(template: Any, function: Any) -> Function:
    values = template["Globals"]["Function"] | function["Properties"]
    return Function(values["MemorySize"], float(values["Timeout"]))


def _value(value: Any, parameters: dict[str, Any]) -> int:
    if isinstance(value, dict) and "Fn::If" in value:  # the account is not small by default
        value = value["Fn::If"][2]
    return int(parameters[value["Ref"]] if isinstance(value, dict) else value)


def _default(of: type[Any], name: str) -> Any:
    [value] = [each.default for each in fields(of) if each.name == name]
    assert value is not MISSING, f"{of.__name__}.{name} has no default any more"
    return value
