"""What an issuer's claim says of a person's roles."""

import pytest

from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person, Right, Role, roles_of, shown_name


@pytest.mark.parametrize(
    "claim",
    [
        ["demo:staff", "other:owner"],
        "[demo:staff other:owner]",
        "demo:staff,other:owner",
        "demo:staff other:owner",
        '["demo:staff", "other:owner"]',
    ],
    ids=str,
)
def test_a_list_is_read_however_a_gateway_hands_it_on(claim: object) -> None:
    assert roles_of(claim) == {"demo": Role.STAFF, "other": Role.OWNER}


@pytest.mark.parametrize(
    "claim",
    [None, "", [], "[]", "staff", "demo:", ":staff", "demo:admin", "a b:staff:", 7, {}, [None]],
)
def test_what_names_no_role_gives_none(claim: object) -> None:
    assert roles_of(claim) == {}


def test_groups_about_other_things_are_passed_over_and_the_greatest_role_counts() -> None:
    assert roles_of(["vpn", "demo:viewer", "demo:owner", "demo:staff"]) == {"demo": Role.OWNER}


def test_a_star_is_every_store_and_a_stores_own_role_goes_before_it() -> None:
    person = Person("i", "s", "n", roles_of(["*:owner", "demo:viewer"]))
    assert person.may(Right.ACT, StoreId("any"))
    assert not person.may(Right.ACT, StoreId("demo"))


def test_a_name_is_shown_without_what_cannot_be_seen() -> None:
    assert shown_name(None, " \n", "O\u202elivia\x00 ", "x") == "Olivia"
    assert shown_name(7, "") == ""
