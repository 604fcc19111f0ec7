"""The POS's events are kept in the bus's archive, and a replay tells them again, to intake alone."""

import json
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from cli.asking.replay import replay
from cli.deployment.target import Target
from sandbox.pos.bus import BusPublisher
from tests.sandbox.aws.conftest import World


def _bodies(world: World, marked: str) -> list[dict[str, object]]:
    calls = [json.loads(call["bodies"]) for call in world.recorded()]
    told = [json.loads(body) for bodies in calls for body in bodies if marked in body]
    return [each for each in told if isinstance(each, dict)]


def _until(world: World, marked: str, count: int) -> list[dict[str, object]]:
    deadline = time.monotonic() + 15
    while len(found := _bodies(world, marked)) < count and time.monotonic() < deadline:
        time.sleep(0.1)  # until functions in other processes have run
    return found


def test_what_the_pos_said_is_told_again_and_says_that_it_is_a_replay(world: World) -> None:
    marked, asked = uuid4().hex, uuid4().hex
    began = datetime.now(UTC)
    BusPublisher(world.client("events"), world.outputs.bus_name).publish(
        [
            {"source": "pos.reference", "detail-type": "sale.completed", "detail": {"m": marked}},
            {"source": "tillbridge.cli", "detail-type": "unlink.requested", "detail": {"m": asked}},
        ]
    )
    first, *_ = _until(world, marked, 1)
    assert len(_until(world, asked, 1)) == 1

    done = replay(
        Target(asdict(world.outputs), world.aws.endpoint_url),
        began - timedelta(seconds=1),
        datetime.now(UTC) + timedelta(seconds=1),
    )

    assert done.state == "COMPLETED"
    told = _until(world, marked, 2)
    assert sorted(str(each.get("replay-name", "")) for each in told) == ["", done.name]
    assert [each["detail"] for each in told] == [first["detail"]] * 2
    assert len(_bodies(world, asked)) == 1, "nobody's request is repeated"
