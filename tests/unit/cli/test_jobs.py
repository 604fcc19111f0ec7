"""Jobs in words and as JSON."""

import json
from typing import Any

import pytest

from cli.asking.bus import request
from cli.asking.links import ask_links
from cli.asking.pushes import ask_push
from cli.screen.job_report import job_json, show_job, show_jobs
from tests.builders import STORE
from tillbridge.domain.jobs import Job, JobLine, JobState, Progress
from tillbridge.domain.selection import Do

JOB = Job("01KAJ8Z3M0000000000000000A", STORE, Do.PUSH, "mina", 1_795_262_400_000, 3)
GOING = Progress(JOB, JobState.RUNNING, done=1, failed=1, left=1, seconds=2)
ENDED = Progress(
    JOB,
    JobState.ENDED,
    done=1,
    failed=1,
    left=0,
    words="1 product was taken over by a later request.",
    lines=(JobLine("p-1", "[red]Lamp", "failed", "Shorten it."), JobLine("p-2", "Rug", "done")),
    after="2p-2",
)


@pytest.mark.parametrize("do", Do)
def test_every_kind_of_job_is_listed(do: Do, capsys: pytest.CaptureFixture[str]) -> None:
    show_jobs([Progress(Job("j" * 26, STORE, do, "mina", 1, 1), JobState.ENDED, 1, 0, 0)])
    shown = capsys.readouterr().out
    assert "j" * 26 in shown
    assert "1 done, 0 failed." in shown


def test_a_job_that_goes_on_says_how_long(capsys: pytest.CaptureFixture[str]) -> None:
    show_jobs([GOING])
    shown = capsys.readouterr().out
    assert "2026-11-21 12:00:00" in shown
    assert "1 done, 1 failed, 1 left, about 2 s." in shown


def test_nothing_asked_for_yet_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    show_jobs([])
    assert "tillbridge push" in capsys.readouterr().out


def test_a_job_shows_its_products_as_they_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    show_job(ENDED)
    shown = capsys.readouterr().out
    for words in ("[red]Lamp", "Shorten it.", "taken over", "more products"):
        assert words in shown


def test_a_job_as_json_has_everything() -> None:
    found = json.loads(json.dumps(job_json(ENDED)))
    assert (found["state"], found["done"], found["failed"], found["total"]) == ("ended", 1, 1, 3)
    assert [each["product"] for each in found["products"]] == ["p-1", "p-2"]


class Bus:
    """A target whose bus notes what is put."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
        self.data: list[dict[str, Any]] = []
        monkeypatch.setattr(f"{module}.put", self._put)

    def _put(self, _: Any, entries: list[dict[str, Any]]) -> None:
        self.data += [entry["detail"]["data"] for entry in entries]


def test_the_events_of_one_push_are_one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Bus(monkeypatch, "cli.asking.pushes")
    ask_push(None, STORE, [*(f"p-{n}" for n in range(450)), "p-7"])  # type: ignore[arg-type]  # not used
    assert len({data["job"] for data in bus.data}) == 1
    assert [(data["total"], data["offset"]) for data in bus.data] == [
        (450, n) for n in (0, 200, 400)
    ]


def test_an_event_that_is_a_job_itself_names_none() -> None:
    assert request("import.requested", STORE, {"all": True})["detail"]["data"] == {"all": True}


def test_the_events_of_one_request_about_links_are_one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Bus(monkeypatch, "cli.asking.links")

    class Enough(Exception):
        """Nothing is waited for here."""

    def enough(*_: object) -> None:
        raise Enough

    monkeypatch.setattr("cli.asking.links.poll", enough)
    monkeypatch.setattr("cli.asking.links.DynamoLinkRequests", lambda *_: None)

    class Target:
        """A target with tables that nobody reads."""

        outputs = dict.fromkeys(("pending_table", "stores_table", "history_table"), "")

        def client(self, _: str) -> None:
            return None

    links = [{"product_id": f"p-{n}"} for n in range(201)]
    with pytest.raises((Enough, TypeError, AttributeError)):
        ask_links(Target(), STORE, "unlink.requested", links)  # type: ignore[arg-type]  # enough
    assert len({data["job"] for data in bus.data}) == 1
    assert [(data["total"], data["offset"]) for data in bus.data] == [(201, 0), (201, 200)]
