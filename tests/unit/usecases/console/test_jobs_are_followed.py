"""A person sees how far a job is, whatever happens on the way."""

from dataclasses import replace

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_connection, a_product
from tests.console_world import MIA, OLIVIA, ConsoleWorld
from tests.fakes.console import FakeJobs
from tests.fakes.imports import FakeImports
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import EMPTY_FOR_MS, SETTLED_MS, Job, JobState, Progress
from tillbridge.domain.product import Product
from tillbridge.domain.request_plan import ASKING_MS
from tillbridge.domain.selection import Do, Selection
from tillbridge.ports.imports import Outcome
from tillbridge.ports.jobs import Left
from tillbridge.usecases.console.follow_job import follow_job, newest_jobs
from tillbridge.usecases.console.plan_request import carry_out, plan_request


def pushes(world: ConsoleWorld, *products: Product) -> str:
    """Save products in the POS, and push them in the console; return the job."""
    for product in products:
        world.pos.save(product)
        world.show(product)
    chosen = Selection("pos", tuple(product.id for product in products))
    plan = plan_request(world.console, MIA, STORE, Do.PUSH, chosen)
    return carry_out(world.console, MIA, STORE, plan.id)


def followed(world: ConsoleWorld, job: str, after: str = "") -> Progress:
    progress = follow_job(world.console, STORE, job, after=after)
    assert progress is not None
    return progress


def counts(progress: Progress) -> tuple[str, int, int, int]:
    return progress.state.value, progress.done, progress.failed, progress.left


@pytest.fixture
def world() -> ConsoleWorld:
    return ConsoleWorld()


def lamps(count: int) -> list[Product]:
    return [a_product(f"p-{n:03}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(count)]


def test_a_job_goes_from_waiting_to_its_end(world: ConsoleWorld) -> None:
    job = pushes(world, a_product(), a_product(JUMPER, name="x" * 300, sku="J-1"))
    assert counts(followed(world, job)) == ("running", 0, 0, 2)
    assert {line.outcome for line in followed(world, job).lines} == {"waiting"}
    world.push_until_quiet()
    ended = followed(world, job)
    assert counts(ended) == ("ended", 1, 1, 0)
    assert [(line.product, line.outcome) for line in ended.lines] == [
        (JUMPER, "failed"),
        (LANTERN, "done"),
    ]
    assert "Shorten" in ended.lines[0].words
    assert (ended.lines[1].name, ended.words) == ("Storm Lantern", "")


def test_a_job_that_has_ended_is_told_as_such_in_the_list_of_jobs(world: ConsoleWorld) -> None:
    first = pushes(world, a_product())
    world.push_until_quiet()
    world.clock.sleep(1)
    second = pushes(world, a_product(JUMPER, name="Jumper", sku="J-1"))
    for _ in range(2):
        jobs = newest_jobs(world.console, STORE)
        assert [each.job.id for each in jobs] == [second, first]
        assert [counts(each) for each in jobs] == [("running", 0, 0, 1), ("ended", 1, 0, 0)]
    kept = world.jobs.get(STORE, first)
    assert kept is not None
    assert (kept.done, kept.failed, kept.ended_ms > 0) == (1, 0, True)
    assert newest_jobs(world.console, STORE, after=second)[0].job.id == first


def test_another_store_has_no_such_job(world: ConsoleWorld) -> None:
    job = pushes(world, a_product())
    assert follow_job(world.console, StoreId("other"), job) is None
    assert follow_job(world.console, STORE, "nobody's") is None


@pytest.mark.parametrize(
    ("state", "words"), [(StoreState.PAUSED, "paused"), (StoreState.NEEDS_ATTENTION, "No token.")]
)
def test_a_job_of_a_store_that_waits_says_why(
    state: StoreState, words: str, world: ConsoleWorld
) -> None:
    job = pushes(world, a_product())
    stopped = replace(world.connection, state=state, attention_words="No token.")
    world.stores.save_connection(stopped)
    waits = followed(world, job)
    assert (waits.state, waits.seconds) == (JobState.WAITS, None)
    assert words in waits.words


def test_events_that_are_still_on_their_way_do_not_end_a_job(world: ConsoleWorld) -> None:
    world.requests.held = True
    job = pushes(world, a_product())
    for _ in range(4):
        assert counts(followed(world, job)) == ("running", 0, 0, 1)
        world.clock.sleep(EMPTY_FOR_MS / 1_000)
    world.clock.sleep(SETTLED_MS / 1_000)
    lost = followed(world, job)
    assert lost.state is JobState.ENDED
    assert lost.words == "1 product was taken over by a later request."


def test_what_a_later_request_took_over_is_told_when_nothing_was_left_twice(
    world: ConsoleWorld,
) -> None:
    job = pushes(world, *lamps(2))
    later = pushes(world, lamps(2)[0])
    world.push_until_quiet()
    assert followed(world, job).state is JobState.RUNNING  # the index may lag behind
    world.clock.sleep(EMPTY_FOR_MS / 1_000)
    ended = followed(world, job)
    assert counts(ended) == ("ended", 1, 0, 0)
    assert ended.words == "1 product was taken over by a later request."
    assert [(line.product, line.outcome) for line in ended.lines] == [
        ("p-001", "done"),
        ("p-000", "taken_over"),
    ]
    assert counts(followed(world, later)) == ("ended", 1, 0, 0)


def test_rows_that_show_up_late_make_a_job_go_on(world: ConsoleWorld) -> None:
    job = pushes(world, *lamps(2))
    hidden = FakeJobs(stores=world.stores)
    hidden.jobs = world.jobs.jobs
    world.console = replace(world.console, jobs=hidden)
    followed(world, job)
    world.clock.sleep(EMPTY_FOR_MS / 1_000)
    hidden.rows_left[job] = Left(2)
    assert counts(followed(world, job)) == ("running", 0, 0, 2)
    del hidden.rows_left[job]
    assert followed(world, job).state is JobState.RUNNING  # empty for the first time again


def test_lines_come_by_fifty_failed_ones_first(world: ConsoleWorld) -> None:
    some = lamps(120)
    job = pushes(world, *some[:119], replace(some[119], name="x" * 300))
    world.push_until_quiet()
    first = followed(world, job)
    second = followed(world, job, first.after)
    third = followed(world, job, second.after)
    lines = [*first.lines, *second.lines, *third.lines]
    assert [len(first.lines), len(second.lines), len(third.lines)] == [50, 50, 20]
    assert lines[0].product == "p-119"
    assert sorted(line.product for line in lines) == [product.id for product in some]
    assert third.after == ""


@pytest.mark.parametrize("odd", ["9x", "x", "\0"])
def test_a_place_that_is_none_is_refused(odd: str, world: ConsoleWorld) -> None:
    job = pushes(world, a_product())
    with pytest.raises(BadCursor):
        followed(world, job, odd)


def test_how_long_it_takes_is_told_by_what_was_done_or_by_the_quota(world: ConsoleWorld) -> None:
    job = Job("j", STORE, Do.PUSH, "Mia", world.clock.now_ms(), 300, taken=300)
    world.jobs.begin(job)
    fake = FakeJobs(stores=world.stores)
    fake.jobs = world.jobs.jobs
    world.console = replace(world.console, jobs=fake)
    fake.rows_left["j"] = Left(300)
    assert followed(world, "j").seconds == 6
    world.clock.sleep(10)
    fake.did["j"] = {f"p-{n}": Did.UPDATED for n in range(100)}
    fake.rows_left["j"] = Left(200)
    assert followed(world, "j").seconds == 20
    fake.rows_left["j"] = Left(40_000, more=True)
    assert followed(world, "j").seconds is None


def test_an_import_ends_when_each_product_has_an_outcome(world: ConsoleWorld) -> None:
    imports = FakeImports()
    jobs = FakeJobs(stores=world.stores, imports=imports)
    world.console = replace(world.console, jobs=jobs)
    jobs.begin(Job("j", STORE, Do.IMPORT, "Mia", world.clock.now_ms(), total=0))
    assert counts(followed(world, "j")) == ("running", 0, 0, 0)
    imports.planned(STORE, "j", 0, 3, more=True)
    imports.report(STORE, "j", [Outcome(StoreProductId(7), "imported", product="p-7", name="Mug")])
    assert (counts(followed(world, "j")), followed(world, "j").more_left) == (
        ("running", 1, 0, 2),
        True,
    )
    imports.planned(STORE, "j", 812, 0, more=False)
    refused = [Outcome(StoreProductId(n), "refused", "Too many.", name="Pot") for n in (8, 9)]
    imports.report(STORE, "j", refused)
    ended = followed(world, "j")
    assert counts(ended) == ("ended", 1, 2, 0)
    assert [(line.product, line.name, line.words) for line in ended.lines[:2]] == [
        ("8", "Pot", "Too many."),
        ("9", "Pot", "Too many."),
    ]
    assert (ended.lines[2].other, newest_jobs(world.console, STORE)[0].failed) == ("p-7", 2)


def test_an_import_that_could_not_be_read_whole_says_so(world: ConsoleWorld) -> None:
    imports = FakeImports()
    jobs = FakeJobs(stores=world.stores, imports=imports)
    world.console = replace(world.console, jobs=jobs)
    jobs.begin(Job("j", STORE, Do.IMPORT, "Mia", world.clock.now_ms(), total=0))
    imports.planned(STORE, "j", 0, 1, more=False)
    imports.report(STORE, "j", [Outcome(StoreProductId(0), "failed", "Import again later.")])
    ended = followed(world, "j")
    assert counts(ended) == ("ended", 0, 1, 0)
    assert (ended.lines[0].name, ended.lines[0].words) == (
        "The other products",
        "Import again later.",
    )


def test_an_import_of_nothing_ends(world: ConsoleWorld) -> None:
    imports = FakeImports()
    jobs = FakeJobs(stores=world.stores, imports=imports)
    world.console = replace(world.console, jobs=jobs)
    jobs.begin(Job("j", STORE, Do.IMPORT, "Mia", world.clock.now_ms(), total=0))
    imports.planned(STORE, "j", 0, 0, more=False)
    assert counts(followed(world, "j")) == ("ended", 0, 0, 0)


def test_links_are_followed_too(world: ConsoleWorld) -> None:
    world.linked(a_product())
    chosen = Selection("pos", (LANTERN,))
    plan = plan_request(world.console, OLIVIA, STORE, Do.UNLINK, chosen)
    job = carry_out(world.console, OLIVIA, STORE, plan.id)
    waiting = followed(world, job)
    assert counts(waiting) == ("running", 0, 0, 1)
    assert [(line.product, line.outcome) for line in waiting.lines] == [(LANTERN, "waiting")]
    world.push_until_quiet()
    ended = followed(world, job)
    assert counts(ended) == ("ended", 1, 0, 0)
    assert ended.lines[0].words == "Unlinked."


def test_a_job_that_somebody_died_over_says_what_to_do(
    world: ConsoleWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ends."""

    def dies(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(world.requests, "push", dies)
    world.show(a_product())
    plan = plan_request(world.console, MIA, STORE, Do.PUSH, Selection("pos", (LANTERN,)))
    with pytest.raises(Killed):
        carry_out(world.console, MIA, STORE, plan.id)
    assert followed(world, plan.id).words == ""  # it may be under way
    world.clock.sleep(ASKING_MS / 1_000)
    assert "ask again" in followed(world, plan.id).words


def test_a_store_that_was_disconnected_says_so(world: ConsoleWorld) -> None:
    other = StoreId("gone")
    job = Job("j", other, Do.PUSH, "Mia", world.clock.now_ms(), 1)
    world.jobs.begin(job)
    world.pending.mark([])
    fake = FakeJobs(stores=world.stores)
    fake.jobs, fake.rows_left = world.jobs.jobs, {"j": Left(1, products=("p-1",))}
    progress = follow_job(replace(world.console, jobs=fake), other, "j")
    assert progress is not None
    assert progress.state is JobState.WAITS
    assert a_connection().store != other
    assert PosProductId("p-1") == progress.lines[0].product


def test_a_place_in_the_jobs_that_can_be_none_is_refused(world: ConsoleWorld) -> None:
    with pytest.raises(BadCursor):
        newest_jobs(world.console, STORE, after="j" * 65)
