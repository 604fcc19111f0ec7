"""A session is believed as we signed it, and no other."""

import pytest

from tests.console_house import (
    ConsoleHouse,
    a_person,
)
from tests.unit.console.guarded_pages import Pages, pages

__all__ = ["pages"]


def test_a_cookie_changed_by_one_bit_is_none(pages: Pages) -> None:
    house = pages.house
    name, _, text = house.cookie(house.session(a_person())).partition("=")
    for place in range(len(text)):
        for bit in range(7):
            other = chr(ord(text[place]) ^ 1 << bit)
            if other in ";\x00":
                continue
            changed = f"{name}={text[:place]}{other}{text[place + 1 :]}"
            answer = house.call("GET", "/stores/demo/pos", cookies=[changed])
            assert answer["statusCode"] == 303, (place, bit)
    assert not pages.visits


def test_the_key_before_is_believed_and_the_one_before_that_is_not(pages: Pages) -> None:
    house = pages.house
    cookie = house.cookie(house.session(a_person()))
    house.keys.now = [b"new" * 20, *house.keys.now]
    assert house.call("GET", "/stores/demo/pos", cookies=[cookie])["statusCode"] == 200
    house.keys.now = [b"newer" * 12, b"new" * 20]
    assert house.call("GET", "/stores/demo/pos", cookies=[cookie])["statusCode"] == 303


def test_people_of_another_issuer_are_not_ours(pages: Pages) -> None:
    other = ConsoleHouse()
    session = other.session(a_person())
    moved = session.person.__class__("https://old.example", "sub", "Sam", session.person.roles)
    cookie = other.cookie(session.__class__(moved, session.id, session.until_ms))
    assert pages.house.call("GET", "/stores/demo/pos", cookies=[cookie])["statusCode"] == 303


@pytest.mark.parametrize("text", ["", ".", "a.b", "e30.e30", "é.é", "." * 5000, "=", "null.null"])
def test_a_cookie_that_is_rubbish_is_none(pages: Pages, text: str) -> None:
    answer = pages.house.call("GET", "/stores/demo/pos", cookies=[f"__Host-tb={text}"])
    assert answer["statusCode"] == 303


def test_cookies_in_a_header_are_read_as_those_in_the_list(pages: Pages) -> None:
    cookie = pages.house.cookie(pages.house.session(a_person()))
    answer = pages.house.call("GET", "/stores/demo/pos", headers={"Cookie": f"a=b; {cookie}; c=d"})
    assert answer["statusCode"] == 200
