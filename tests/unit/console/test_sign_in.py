"""The way in: to the issuer and back, with nothing left of its tokens."""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.console_house import ISSUER, URL, ConsoleHouse, a_person, a_route, text_of
from tillbridge.console.visit import Answer, Route, Visit
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.people import Role


def seen(visits: list[Visit]) -> Route:
    def take(visit: Visit, deps: object) -> Answer:
        visits.append(visit)
        return Answer("here")

    return a_route("/stores", take)


def begun(house: ConsoleHouse, to: str = "/stores") -> tuple[str, dict[str, str]]:
    """Begin a sign-in; return its cookie and what the issuer was asked."""
    answer = house.call("GET", f"/sign-in?to={to}")
    assert answer["statusCode"] == 303
    asked = {k: v[0] for k, v in parse_qs(urlsplit(answer["headers"]["location"]).query).items()}
    return answer["cookies"][0].partition(";")[0], asked


def some_claims(house: ConsoleHouse, nonce: object, **other: object) -> dict[str, object]:
    now_s = house.clock.now_ms() // 1_000
    return {
        "iss": ISSUER,
        "aud": "console",
        "sub": "u-1",
        "name": "Olivia",
        "nonce": nonce,
        "exp": now_s + 300,
        "tillbridge": ["demo:owner", "other:viewer"],
        **other,
    }


def came_back(
    house: ConsoleHouse, to: str = "/stores", said: Mapping[str, object] | None = None
) -> dict[str, Any]:
    cookie, asked = begun(house, to)
    house.issuer.codes["c-1"] = some_claims(house, **{"nonce": asked["nonce"], **(said or {})})
    return house.call("GET", f"/sign-in/back?code=c-1&state={asked['state']}", cookies=[cookie])


def test_a_browser_is_sent_to_the_issuer_with_a_challenge_and_our_own_address() -> None:
    house = ConsoleHouse()
    _, asked = begun(house)
    assert asked["redirect_uri"] == f"{URL}/sign-in/back"
    assert (asked["client_id"], asked["response_type"]) == ("console", "code")
    assert asked["code_challenge_method"] == "S256"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_back_from_the_issuer_a_person_has_a_session_and_their_page() -> None:
    visits: list[Visit] = []
    house = ConsoleHouse([seen(visits)])
    answer = came_back(house, "/stores%3Fq%3Dred+chair")
    assert answer["statusCode"] == 303
    assert answer["headers"]["location"] == "/stores?q=red%20chair"
    over, cookie = answer["cookies"]
    assert "Max-Age=0" in over
    assert cookie.startswith("__Host-tb=")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")

    assert house.call("GET", "/stores", cookies=[cookie.partition(";")[0]])["statusCode"] == 200
    assert visits[0].person.roles == {"demo": Role.OWNER, "other": Role.VIEWER}
    assert (visits[0].person.issuer, visits[0].person.name) == (ISSUER, "Olivia")


def test_the_verifier_goes_to_the_issuer_alone_and_fits_the_challenge() -> None:
    house = ConsoleHouse()
    cookie, asked = begun(house)
    house.issuer.codes["c-1"] = some_claims(house, asked["nonce"])
    house.call("GET", f"/sign-in/back?code=c-1&state={asked['state']}", cookies=[cookie])
    ((code, verifier, back),) = house.issuer.asked
    assert (code, back) == ("c-1", f"{URL}/sign-in/back")
    digest = hashlib.sha256(verifier.encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")


def test_an_hour_later_the_session_is_over() -> None:
    house = ConsoleHouse([seen([])])
    cookie = came_back(house)["cookies"][1].partition(";")[0]
    house.clock.now += 3_600_000 - 1
    assert house.call("GET", "/stores", cookies=[cookie])["statusCode"] == 200
    house.clock.now += 1
    again = house.call("GET", "/stores?q=a", cookies=[cookie])
    assert again["headers"]["location"] == "/sign-in?to=%2Fstores%3Fq%3Da"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["console", "another"]},
        {"aud": ["console", "another"], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": "soon"},
        {"sub": ""},
        {"tillbridge": []},
        {"tillbridge": ["demo:admin", "demo", ":owner", "de mo:owner"]},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_lets_nobody_in(wrong: dict[str, object]) -> None:
    answer = came_back(ConsoleHouse(), said=wrong)
    assert answer["statusCode"] == 400
    assert [each.partition("=")[0] for each in answer["cookies"]] == ["__Host-tb-in"]


def test_an_audience_of_several_is_taken_when_we_are_the_party_it_was_made_for() -> None:
    answer = came_back(ConsoleHouse(), said={"aud": ["console", "another"], "azp": "console"})
    assert answer["statusCode"] == 303


@pytest.mark.parametrize("query", ["", "code=c", "state=x&code=c", "error=access_denied"])
def test_a_made_up_return_is_refused(query: str) -> None:
    house = ConsoleHouse()
    assert house.call("GET", f"/sign-in/back?{query}")["statusCode"] == 400
    assert not house.issuer.asked


def test_the_state_of_another_browser_is_refused() -> None:
    house = ConsoleHouse()
    mine, _ = begun(house)
    _, theirs = begun(house)
    back = f"/sign-in/back?code=c-1&state={theirs['state']}"
    assert house.call("GET", back, cookies=[mine])["statusCode"] == 400


def test_a_sign_in_that_took_longer_than_ten_minutes_begins_anew() -> None:
    house = ConsoleHouse()
    cookie, asked = begun(house)
    house.issuer.codes["c-1"] = some_claims(house, asked["nonce"])
    house.clock.now += 600_000
    back = f"/sign-in/back?code=c-1&state={asked['state']}"
    assert house.call("GET", back, cookies=[cookie])["statusCode"] == 400


def test_a_return_that_is_opened_again_signs_nobody_in_twice() -> None:
    house = ConsoleHouse()
    cookie, asked = begun(house)
    house.issuer.codes["c-1"] = some_claims(house, asked["nonce"])
    back = f"/sign-in/back?code=c-1&state={asked['state']}"
    assert house.call("GET", back, cookies=[cookie])["statusCode"] == 303
    assert house.call("GET", back, cookies=[cookie])["statusCode"] == 400


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "/%5Cevil.example",
        "/%5C/evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
        "/%0D%0ASet-Cookie:%20a=b",
        "stores",
        "",
        "/sign-in",
        "/sign-in/back",
        "/sign-out",
        "/api/v1/me",
    ],
)
def test_after_signing_in_nobody_is_led_elsewhere(to: str) -> None:
    assert came_back(ConsoleHouse(), to)["headers"]["location"] == "/"


def test_the_cookie_of_a_sign_in_under_way_is_no_session() -> None:
    house = ConsoleHouse([seen([])])
    text = begun(house)[0].partition("=")[2]
    assert house.call("GET", "/stores", cookies=[f"__Host-tb={text}"])["statusCode"] == 303


def test_somebody_with_more_roles_than_a_cookie_holds_is_told_how_to_name_them_all() -> None:
    many = [f"store-{number}:staff" for number in range(400)]
    answer = came_back(ConsoleHouse(), said={"tillbridge": many})
    assert answer["statusCode"] == 400
    assert "*:staff" in text_of(answer)


def test_signing_out_ends_the_session_and_shows_the_way_back_in() -> None:
    house = ConsoleHouse()
    answer = house.post("/sign-out", a_person())
    assert answer["headers"]["location"] == "/signed-out"
    assert answer["cookies"][0].startswith("__Host-tb=; Max-Age=0;")
    assert "/sign-in" in text_of(house.call("GET", "/signed-out"))


def test_a_link_signs_nobody_out() -> None:
    assert ConsoleHouse().get("/sign-out", a_person())["statusCode"] == 405


def test_while_the_issuer_is_down_the_page_says_when_to_try_again() -> None:
    house = ConsoleHouse()

    def down() -> str:
        raise RetryLater("down", 7)

    house.issuer.authorization_endpoint = down  # type: ignore[method-assign]  # the issuer is down
    answer = house.call("GET", "/sign-in")
    assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "7")


def test_a_script_and_a_form_are_told_instead_of_led_away() -> None:
    house = ConsoleHouse([seen([])])
    asked = house.call("GET", "/stores", headers={"sec-fetch-mode": "cors"})
    assert asked["statusCode"] == 401


def test_on_plain_http_which_only_a_local_world_has_the_cookie_is_a_plain_one() -> None:
    house = ConsoleHouse([seen([])], url="http://127.0.0.1:4703")
    cookie = came_back(house)["cookies"][1]
    assert cookie.startswith("tb=")
    assert "Secure" not in cookie
    assert house.call("GET", "/stores", cookies=[cookie.partition(";")[0]])["statusCode"] == 200


def test_a_name_from_the_issuer_stays_text_and_short() -> None:
    visits: list[Visit] = []
    house = ConsoleHouse([seen(visits)])
    cookie = came_back(house, said={"name": "<b>\r\n" + "x" * 500})["cookies"][1].partition(";")[0]
    house.call("GET", "/stores", cookies=[cookie])
    assert visits[0].person.name == "<b>" + "x" * 97
