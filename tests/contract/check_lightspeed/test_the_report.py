"""`tillbridge check-pos lightspeed`: eighteen facts, each with a verdict and with what follows."""

import io
from typing import Any

from cli.check_pos.lightspeed.client import Shop as Asked
from cli.check_pos.lightspeed.run import NOT_RUN, PROBES, check
from cli.check_pos.lightspeed.table import as_json, report_table, verdict
from cli.screen.console import Screen
from tests.sandbox.lightspeed_x.conftest import Shop, a_mug


def nobody(_: str) -> None:
    """Hear what is said of Ctrl-C."""


def test_there_are_eighteen_facts_and_each_says_what_follows() -> None:
    assert [each.number for each in PROBES] == [*range(1, 19)]
    assert all(each.otherwise and each.sentence for each in PROBES)


def test_without_create_nothing_is_made(pos: Shop, asked: Asked) -> None:
    a_mug(pos)
    before = len(pos.rows())
    pos.account.calls.clear()
    report = check(asked, nobody, create=False)
    assert len(pos.rows()) == before
    calls = {call.split()[0] for call in pos.control.calls()["counted"]}
    assert calls <= {"GET", "POST"}
    assert not any("POST /products" in each for each in pos.control.calls()["counted"])
    untried = [each for each in report.found if each.probe.creates]
    assert {each.verdict for each in untried} == {NOT_RUN}


def test_an_account_that_does_not_let_us_in_is_asked_once(pos: Shop, asked: Asked) -> None:
    pos.control.revoke()
    pos.account.calls.clear()
    report = check(asked, nobody, create=True)
    assert pos.control.calls()["counted"] == {"GET /retailer": 1}
    assert "did not let us in: GET /retailer answers 401" in verdict(report)
    assert {each.verdict for each in report.found} == {NOT_RUN}


def test_no_token_is_in_what_is_told(pos: Shop, asked: Asked) -> None:
    report = check(asked, nobody, create=True)
    out = io.StringIO()
    Screen(file=out).print(report_table(report))
    told: Any = (out.getvalue(), as_json(report), verdict(report), repr(asked))
    assert pos.account.config.token not in repr(told)
    assert "otherwise" in out.getvalue()


def test_what_is_otherwise_says_what_tillbridge_does(pos: Shop, asked: Asked) -> None:
    out = io.StringIO()
    Screen(file=out).print(report_table(check(asked, nobody, create=True)))
    assert "Two suppliers have one name. So: the vendor's name is looked up first" in out.getvalue()
