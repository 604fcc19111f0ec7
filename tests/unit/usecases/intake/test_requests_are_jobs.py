"""What people ask for is kept as a job; of the POS's events there is none."""

from dataclasses import replace

import pytest

from tests.builders import A_PERSON, STORE
from tests.unit.usecases.intake.messages import Intake, a_sale, taking
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.events import Event
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.jobs import Job
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind
from tillbridge.domain.selection import Do


def test_what_people_ask_for_is_kept_as_a_job_and_how_much_of_it_came_in() -> None:
    named = ((PosProductId("p-1"), 0), (PosProductId("p-2"), 0))
    asked = Event("e", STORE, "push.requested", 0, named, 5, 2, A_PERSON, "mina", "j-1", "plan-1")
    intake = taking(asked, times=2)
    now = intake.clock.now_ms()
    expected = Job("j-1", STORE, Do.PUSH, "mina", now, total=5, plan="plan-1", taken=2)
    assert intake.jobs.get(STORE, "j-1") == expected
    assert {row.job for row in intake.pending.rows} == {"j-1"}


def test_a_product_that_a_request_names_twice_is_one_of_its_job() -> None:
    named = ((PosProductId("p-1"), 0), (PosProductId("p-1"), 0))
    asked = Event("e", STORE, "push.requested", 0, named, sender=A_PERSON, job="j-1")
    job = taking(asked).jobs.get(STORE, "j-1")
    assert job is not None
    assert (job.total, job.taken) == (1, 1)


@pytest.mark.parametrize("kind", LinkRequestKind)
def test_a_request_about_links_is_a_job_too(kind: LinkRequestKind) -> None:
    products = ((PosProductId("p-1"), StoreProductId(7)),)
    intake = taking(LinkEvent("e", STORE, kind, products, A_PERSON, job="j-1"))
    job = intake.jobs.get(STORE, "j-1")
    assert job is not None
    assert (job.do.value, job.total, job.taken) == (kind.value, 1, 1)
    assert [request.job for request in intake.link_requests.every] == ["j-1"]


def test_a_job_that_cannot_be_kept_holds_up_no_mark_and_its_message_returns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    intake = Intake()

    def busy(*_: object) -> None:
        raise RetryLater("busy")

    monkeypatch.setattr(intake.jobs, "take_in", busy)
    asked = Event("e", STORE, "push.requested", 0, ((PosProductId("p-1"), 0),), sender=A_PERSON)
    read = intake.deps.read
    intake.deps = replace(
        intake.deps, read=lambda body: replace(asked, job="j") if body == "ask" else read(body)
    )
    with pytest.raises(RetryLater):
        intake.takes("ask", a_sale("p-2", 1))
    assert {row.product for row in intake.pending.rows} == {"p-1", "p-2"}
    assert intake.signals.signalled == [STORE]


def test_an_event_of_the_pos_is_no_job() -> None:
    intake = Intake()
    intake.takes(a_sale("p-1", 7))
    assert intake.jobs.jobs == {}
