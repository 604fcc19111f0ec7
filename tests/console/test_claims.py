"""The claims of a token say who comes, and what they are in which store."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tillbridge.console.claims import person_of_claims
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person, Role

MIA = {"iss": "https://people.example", "sub": "u-1", "name": "Mia"}


def roles_of(claim: object) -> dict[str, Role] | None:
    person = person_of_claims({**MIA, "tillbridge": claim}, "tillbridge")
    return None if person is None else dict(person.roles)


@pytest.mark.parametrize(
    "claim",
    [
        ["demo:staff", "harbour:viewer"],
        ("demo:staff", "harbour:viewer"),
        "[demo:staff harbour:viewer]",
        "[demo:staff, harbour:viewer]",
        "demo:staff,harbour:viewer",
        "demo:staff harbour:viewer",
        '["demo:staff","harbour:viewer"]',
        "  demo:staff\n,,harbour:viewer ",
    ],
)
def test_a_list_is_read_in_every_form_in_which_it_comes(claim: object) -> None:
    assert roles_of(claim) == {"demo": Role.STAFF, "harbour": Role.VIEWER}


def test_junk_is_left_out_and_the_rest_counts() -> None:
    junk = ["admin", "demo:boss", ":owner", "a/b:owner", "..:owner", "demo:owner:x", "-x:owner"]
    odd = ["x" * 65 + ":owner", "demo:staff *:owner", "demo:OWNER", "**:owner", 7, None]
    assert roles_of([*junk, *odd, "harbour:viewer", "harbour:viewer\n"]) == {"harbour": Role.VIEWER}


@pytest.mark.parametrize("claim", [None, "", "[]", [], {}, {"demo": "owner"}, 7, True, "demo"])
def test_who_has_no_entry_is_nobody(claim: object) -> None:
    assert roles_of(claim) is None


def test_every_store_is_one_entry() -> None:
    person = person_of_claims({**MIA, "tillbridge": "*:owner"}, "tillbridge")
    assert person is not None
    assert person.role_in(StoreId("any")) is Role.OWNER


@pytest.mark.parametrize("claim", ["demo:viewer demo:owner", "demo:owner demo:viewer"])
def test_of_two_roles_in_a_store_the_larger_holds(claim: str) -> None:
    assert roles_of(claim) == {"demo": Role.OWNER}


def test_the_name_of_the_claim_is_a_setting() -> None:
    claims = {**MIA, "cognito:groups": "demo:staff", "tillbridge": "demo:owner"}
    person = person_of_claims(claims, "cognito:groups")
    assert person is not None
    assert person.roles == {"demo": Role.STAFF}


@pytest.mark.parametrize("lacks", ["iss", "sub"])
@pytest.mark.parametrize("instead", [None, "", "  ", 7, "x" * 256, "a\nb", "\ud800"])
def test_nobody_comes_without_issuer_and_subject(lacks: str, instead: object) -> None:
    claims = {**MIA, lacks: instead, "tillbridge": "demo:owner"}
    assert person_of_claims(claims, "tillbridge") is None


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        ({"name": "Mia"}, "Mia"),
        ({"name": " ", "email": "mia@shop.example"}, "mia@shop.example"),
        ({"name": 7, "preferred_username": "mia"}, "mia"),
        ({"name": "M\x1b[2Ji\u202ea\ud800"}, "M[2Jia"),
        ({"name": "<b>Mia</b>"}, "<b>Mia</b>"),
        ({"name": "x" * 300}, "x" * 100),
        ({}, "u-1"),
    ],
)
def test_a_name_is_shown_that_can_be_shown(claims: dict[str, object], shown: str) -> None:
    whole = {"iss": "i", "sub": "u-1", "tillbridge": "demo:viewer", **claims}
    person = person_of_claims(whole, "tillbridge")
    assert person is not None
    assert person.name == shown


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
_NEAR = st.lists(st.sampled_from(["demo:staff", "*:owner", "[", "]", " ", ",", "x:y"])).map("".join)
_WHOLE = {"iss": "https://people.example", "sub": "u-1", "tillbridge": "demo:staff"}
_KEYS = st.sampled_from([*_WHOLE, "name", "email"]) | st.text()
_CLAIMS = st.dictionaries(_KEYS, _ODD | _NEAR)


@given(_CLAIMS | _CLAIMS.map(lambda odd: _WHOLE | odd), st.just("tillbridge") | st.text())
@example(_WHOLE, "tillbridge")  # somebody comes, whatever is drawn
def test_no_claims_raise_and_whoever_comes_has_a_name_and_a_role(
    claims: dict[str, object], claim_name: str
) -> None:
    person = person_of_claims(claims, claim_name)
    if person is not None:
        assert isinstance(person, Person)
        assert person.issuer
        assert person.subject
        assert person.roles
        assert all(isinstance(role, Role) for role in person.roles.values())
        person.name.encode()
