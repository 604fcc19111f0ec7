"""A form is taken from our own pages alone."""

import pytest

from tests.console_house import (
    FORM,
    URL,
    a_person,
)
from tests.unit.console.guarded_pages import PLANS, Pages, pages
from tillbridge.console.session import form_token

__all__ = ["pages"]


def test_a_form_of_ours_is_taken_and_its_token_is_no_value_of_it(pages: Pages) -> None:
    assert pages.house.post(PLANS, a_person(), {"do": "push"})["statusCode"] == 200
    assert pages.visits[0].form == {"do": ["push"]}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},  # another port of this host
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://console.example.evil.example"},
        {"origin": "http://console.example"},
        {},
    ],
    ids=str,
)
def test_a_form_of_another_page_is_refused(pages: Pages, headers: dict[str, str]) -> None:
    session = pages.house.session(a_person())
    token = form_token(session, pages.house.keys.now[0])
    answer = pages.house.call(
        "POST",
        PLANS,
        cookies=[pages.house.cookie(session)],
        headers={"content-type": FORM["content-type"], "host": "console.example", **headers},
        body=f"token={token}",
    )
    assert answer["statusCode"] == 403
    assert not pages.visits


def test_an_old_browser_that_says_only_its_origin_is_believed(pages: Pages) -> None:
    session = pages.house.session(a_person())
    answer = pages.house.call(
        "POST",
        PLANS,
        cookies=[pages.house.cookie(session)],
        headers={"content-type": FORM["content-type"], "origin": URL},
        body=f"token={form_token(session, pages.house.keys.now[0])}",
    )
    assert answer["statusCode"] == 200


def test_a_form_without_a_token_or_with_anothers_is_refused(pages: Pages) -> None:
    house, mine = pages.house, pages.house.session(a_person())
    theirs = form_token(house.session(a_person(name="Eve")), house.keys.now[0])
    own = form_token(mine, house.keys.now[0])
    longer = own + "AAAA"
    for body in (
        "",
        "token=",
        f"token={theirs}",
        f"token={own}&token={own}",
        f"token={longer}",
        "token=%C3%A9",
    ):
        answer = house.call("POST", PLANS, cookies=[house.cookie(mine)], headers=FORM, body=body)
        assert answer["statusCode"] == 403, body
    assert not pages.visits


def test_a_token_looks_different_on_each_page(pages: Pages) -> None:
    session = pages.house.session(a_person())
    key = pages.house.keys.now[0]
    assert form_token(session, key) != form_token(session, key)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", ""])
def test_what_is_no_form_is_refused(pages: Pages, kind: str) -> None:
    answer = pages.house.post(PLANS, a_person(), None, **{"content-type": kind})
    assert answer["statusCode"] == 415


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POST"])
def test_a_method_that_no_page_has_is_refused(pages: Pages, method: str) -> None:
    answer = pages.house.call(method, "/stores/demo/pos", headers=FORM)
    assert answer["statusCode"] == 405


def test_bytes_that_are_no_text_are_no_form(pages: Pages) -> None:
    session = pages.house.session(a_person())
    answer = pages.house.call(
        "POST", PLANS, cookies=[pages.house.cookie(session)], headers=FORM, body=b"\xff\xfe"
    )
    assert answer["statusCode"] == 400
