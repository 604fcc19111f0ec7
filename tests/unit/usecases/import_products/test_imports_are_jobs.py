"""Each import that a person asks for is a job, and is told when it came in."""

from dataclasses import replace

from tests.builders import STORE
from tests.fakes.console import FakeJobs
from tests.fakes.dead_letters import FakeDeadLetters
from tests.import_world import ImportWorld
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.import_messages import Ask, Delayed, ImportMessage, PageMessage
from tillbridge.domain.jobs import Job
from tillbridge.domain.selection import Do
from tillbridge.usecases.import_products.route_message import RouteDeps, route_message

IDS = Ask(ids=(StoreProductId(7), StoreProductId(8), StoreProductId(7)))
ASKED = PageMessage("j-1", STORE, IDS, by="mina")


def routed(
    world: ImportWorld, message: ImportMessage | Delayed, *, in_line: bool = False
) -> FakeJobs:
    jobs = FakeJobs()
    deps = RouteDeps(lambda _: message, world.import_deps, FakeDeadLetters(), jobs)
    route_message("", deps, in_line=in_line)
    return jobs


def test_a_request_that_comes_in_is_a_job_of_the_products_it_names(world: ImportWorld) -> None:
    jobs = routed(world, ASKED)
    expected = Job("j-1", STORE, Do.IMPORT, "mina", world.clock.now_ms(), total=2)
    assert jobs.get(STORE, "j-1") == expected


def test_an_import_of_everything_does_not_know_how_much_that_is(world: ImportWorld) -> None:
    job = routed(world, replace(ASKED, ask=Ask())).get(STORE, "j-1")
    assert job is not None
    assert job.total == 0


def test_no_later_message_of_an_import_is_a_job(world: ImportWorld) -> None:
    assert routed(world, Delayed(ASKED)).jobs == {}
    assert routed(world, ASKED, in_line=True).jobs == {}
