"""A function starts with the clients and the modules that it uses, and no others: each start pays for all
of them (docs/performance.md, Start of a function)."""

import os
import subprocess
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from benches import cold_start
from tillbridge.environment import ConsoleEnvironment, Environment

ROOT = Path(__file__).parents[2]
FUNCTIONS = [path.parent.name for path in (ROOT / "functions").glob("*/app.py")]
STARTED = """
import gc
import random
import sys
dice = random.getstate()
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print("network", event)
sys.addaudithook(note)
looks = []
gc.callbacks.append(lambda phase, info: looks.append(phase))
import app
print("looks for garbage", len(looks) // 2)
print("collects", gc.isenabled(), "kept out", gc.get_freeze_count() > 10_000)
if random.getstate() != dice:
    print("random")
from tillbridge.adapters import aws
for client in ("dynamodb", "sqs", "secretsmanager", "s3", "events"):
    if getattr(aws, client).cache_info().currsize:
        print("client", client)
for module in sys.modules:
    print("module", module)
"""


@cache
def loaded_by(function: str) -> set[str]:
    """Return the clients and modules that a function has when it waits for its first event."""
    environment = {
        **{f.name.upper(): "here" for f in (*fields(Environment), *fields(ConsoleEnvironment))},
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "of-the-role",  # else boto3 looks for credentials in the network
        "AWS_SECRET_ACCESS_KEY": "of-the-role",
        "POWERTOOLS_METRICS_NAMESPACE": "Tillbridge",
        "PYTHONPATH": os.pathsep.join(
            [str(ROOT / "layers/common/python"), str(ROOT / "functions" / function)]
        ),
    }
    done = subprocess.run(
        [sys.executable, "-c", STARTED], env=environment, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines())


@pytest.mark.parametrize(
    ("function", "clients"),
    [
        ("intake", {"dynamodb", "sqs"}),
        ("sweep", {"dynamodb", "sqs"}),
        ("push", {"dynamodb", "sqs", "secretsmanager"}),
        ("orders", {"dynamodb", "events", "sqs", "secretsmanager"}),
        ("webhooks", {"dynamodb", "sqs", "secretsmanager"}),
        ("poll", {"dynamodb", "sqs", "secretsmanager"}),
        ("import", {"dynamodb", "sqs", "secretsmanager"}),
        ("console", {"dynamodb", "secretsmanager"}),
        ("reconcile", {"dynamodb", "sqs", "secretsmanager"}),
    ],
)
def test_a_function_builds_the_clients_that_its_first_event_needs(
    function: str, clients: set[str]
) -> None:
    loaded = loaded_by(function)
    assert {line.split()[1] for line in loaded if line.startswith("client ")} == clients


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_start_keeps_no_connection_no_token_and_no_random_state(function: str) -> None:
    """Whatever a snapshot of it would hold is good on any day (docs/adr/0054-no-snapstart.md): tokens are
    read when they are needed, by a connection."""
    assert not {line for line in loaded_by(function) if line.startswith(("network ", "random"))}


def test_the_start_of_every_function_is_measured() -> None:
    assert cold_start.MOST.keys() == set(FUNCTIONS)


@pytest.mark.parametrize(
    ("function", "others"),
    [
        (
            "intake",
            [
                "requests",
                "tillbridge.domain.run",
                "tillbridge.domain.backlog",
                "tillbridge.domain.stock_levels",
                "tillbridge.domain.row_composing",
            ],
        ),
        ("sweep", ["requests", "pydantic", "tillbridge.domain.run"]),
        ("push", ["tillbridge.domain.run", "tillbridge.domain.backlog"]),
        ("orders", ["tillbridge.domain.planner"]),
        ("webhooks", ["requests", "pydantic", "tillbridge.domain.run"]),
        (
            "console",
            [
                "jinja2",
                "requests",
                "pydantic",
                "tillbridge.domain.run",
                "tillbridge.domain.plan",
                "tillbridge.domain.row_composing",
                "tillbridge.adapters.oidc",
            ],
        ),
    ],
)
def test_a_function_loads_nothing_that_only_another_uses(function: str, others: list[str]) -> None:
    assert not loaded_by(function) & {f"module {other}" for other in others}


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_no_function_loads_the_adapters_of_a_pos_before_it_opens_one(function: str) -> None:
    """Which POS its stores have, a function knows only then (bootstrap/pos_of.py)."""
    of_a_pos: tuple[str, ...] = ("pos_cloud", "pos_mirror", "lightspeed_x")
    if function == "poll":  # it writes the mirror, whichever vendor's
        of_a_pos = ("pos_cloud", "lightspeed_x")
    names = tuple(f"module tillbridge.adapters.{each}" for each in of_a_pos)
    assert not {line for line in loaded_by(function) if line.startswith(names)}


OF_POLLS = (
    "domain.families",
    "domain.poll",
    "ports.pos_mirror",
    "ports.pos_source",
    "usecases.poll_pos",
)


@pytest.mark.parametrize("function", sorted(set(FUNCTIONS) - {"poll", "sweep", "webhooks"}))
def test_a_function_that_polls_nothing_loads_nothing_that_polls_know(function: str) -> None:
    """The ports of a POS are types where one is opened (bootstrap/pos_of.py), and whoever pokes knows a mark alone."""
    names = tuple(f"module tillbridge.{each}" for each in OF_POLLS)
    assert not {line for line in loaded_by(function) if line.startswith(names)}


@pytest.mark.parametrize("function", sorted(set(FUNCTIONS) - {"push", "import", "reconcile"}))
def test_a_function_that_does_not_call_bigcommerce_does_not_load_it(function: str) -> None:
    of_bigcommerce = "module tillbridge.adapters.bigcommerce"
    assert not {line for line in loaded_by(function) if line.startswith(of_bigcommerce)}


@pytest.mark.parametrize("function", ["orders", "poll"])
def test_what_every_wire_stands_on_is_loaded_while_the_start_has_a_whole_processor(
    function: str,
) -> None:
    assert {"module pydantic.main", "module tillbridge.adapters.wire_record"} <= loaded_by(function)


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_start_hardly_looks_for_garbage_and_what_comes_after_it_does(function: str) -> None:
    loaded = loaded_by(function)
    (looks,) = [line.split()[-1] for line in loaded if line.startswith("looks for garbage")]
    assert int(looks) < 20
    assert "collects True kept out True" in loaded
