"""What `check-pos lightspeed --create` makes in an account is deleted again, or named so that people find it."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from cli.check_pos.lightspeed.client import MARK
from cli.check_pos.lightspeed.client import Shop as Asked
from cli.check_pos.lightspeed.run import PROBES, Report, check
from cli.check_pos.lightspeed.table import as_json, verdict
from sandbox.lightspeed_x.state.config import SCOPES
from tests.contract.check_lightspeed.accounts import Waiting
from tests.sandbox.lightspeed_x.conftest import Shop, a_mug, a_shirt

LISTS = ("/products", "/brands", "/suppliers", "/webhooks")


def run(asked: Asked) -> Report:
    """Run every probe; fail the test if anything is said."""
    return check(asked, pytest.fail, create=True)


def named_in(report: Report) -> set[str]:
    """Return what a report says that it left."""
    return {each.name for each in report.left if each.id}


def left_in(pos: Shop) -> set[str]:
    """Return what an account has that bears the probes' mark, by the name or address that it was made with."""
    pos.control.hazards()
    rows = [row for path in LISTS for row in pos.get(path)["data"]]
    named = [str(row.get("name") or row.get("url")) for row in rows]
    return {name.removesuffix(" B") for name in named if MARK in name or "tillbridge-check" in name}


@pytest.mark.parametrize("filled", [True, False], ids=["a shop", "an empty account"])
def test_a_run_leaves_an_account_as_it_was(pos: Shop, asked: Asked, filled: bool) -> None:
    if filled:
        a_mug(pos, brand="Clay", vendor="Clay Yard")
        a_shirt(pos)
    before = [pos.get(path)["data"] for path in LISTS]
    for _ in range(2):
        report = run(asked)
        assert (report.left, left_in(pos)) == ((), set())
    assert [pos.get(path)["data"] for path in LISTS] == before
    assert "to be deleted" not in verdict(report)


def test_what_is_tried_is_not_shown_at_the_till_but_where_it_has_to_be(
    pos: Shop, asked: Asked
) -> None:
    a_shirt(pos)
    run(asked)
    gone = [row for row in pos.rows("deleted=true&page_size=200") if MARK in row["name"]]
    shown = {row["name"] for row in gone if row["is_active"]}
    assert (len(gone) > 5, len(shown)) == (True, 1)


@pytest.mark.parametrize("lacking", ["products:write", "suppliers:write", "webhooks"])
def test_a_token_that_may_not_write_makes_nothing_and_is_no_verdict(
    pos: Shop, asked: Asked, lacking: str
) -> None:
    a_shirt(pos)
    pos.control.grant(sorted(SCOPES - {lacking}))
    report = run(asked)
    said = [each.words for each in report.found if lacking in each.words]
    assert said
    assert report.left == ()
    pos.control.grant(sorted(SCOPES))
    assert left_in(pos) == set()


@pytest.mark.parametrize("lost", ["504", "drop"])
def test_what_was_made_and_whose_answer_was_lost_is_found_and_deleted(
    pos: Shop, asked: Asked, lost: str
) -> None:
    a_shirt(pos)
    pos.control.hazards(lose_creates=3, lose_names=9, lost=lost)
    assert run(asked).left == ()
    assert left_in(pos) == set()


class Interrupting(requests.Session):
    """Sends calls as another session does; Ctrl-C is pressed after the n-th, once or for good."""

    def __init__(self, session: requests.Session, after: int, *, once: bool) -> None:
        super().__init__()
        self.adapters = session.adapters
        self.headers = session.headers
        self._left = after
        self._once = once

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().request(*args, **kwargs)
        self._left -= 1
        if self._left == 0 or (self._left < 0 and not self._once):
            raise KeyboardInterrupt
        return answer


@pytest.mark.parametrize("after", [*range(2, 40, 3)])
def test_a_run_that_is_stopped_anywhere_leaves_nothing(pos: Shop, asked: Asked, after: int) -> None:
    a_shirt(pos)
    said: list[str] = []
    asked.http = Interrupting(asked.http, after, once=True)
    report = check(asked, said.append, create=True)
    assert left_in(pos) == set()
    assert report.left == ()
    assert len(report.found) == len(PROBES)
    if report.stopped:
        assert verdict(report).startswith("Stopped. ")
    assert said in ([], ["Stopped. Deleting what was made in the account …"])


def test_a_probe_that_was_stopped_is_no_verdict(pos: Shop, asked: Asked) -> None:
    asked.http = Interrupting(asked.http, 3, once=True)
    report = check(asked, lambda _: None, create=True)
    assert [each.words for each in report.found[1:]] == ["it was stopped"] * 17


def test_who_stops_the_deleting_too_is_told_what_stays(pos: Shop, asked: Asked) -> None:
    a_shirt(pos)
    asked.http = Interrupting(asked.http, 14, once=False)
    report = check(asked, lambda _: None, create=True)
    assert named_in(report) >= left_in(pos) != set()
    assert all(f"“{each}”" in verdict(report) for each in named_in(report))


@pytest.mark.parametrize("strike", [lambda pos: pos.control.hazards(down=99),
                                    lambda pos: pos.control.spend(400)])  # fmt: skip
def test_what_cannot_be_deleted_is_named_as_people_find_it(
    pos: Shop, asked: Asked, clock: Waiting, strike: Callable[[Shop], object]
) -> None:
    a_shirt(pos)
    waits = iter([False, False, False, True])
    clock.meanwhile = lambda: strike(pos) if next(waits, True) else None
    report = run(asked)
    assert report.left
    pos.clock.now += 600
    assert named_in(report) == left_in(pos)
    told = as_json(report)["left_in_the_account"]
    assert {each["kind"] for each in told} <= {"product", "brand", "supplier", "webhook"}
    assert f"the product “{MARK}" in verdict(report)
