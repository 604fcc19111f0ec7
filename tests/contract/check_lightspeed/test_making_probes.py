"""What the probes that make something say, of the simulator and of accounts that are otherwise."""

import pytest

from cli.check_pos.lightspeed.client import Answer, Json, NoUse
from cli.check_pos.lightspeed.client import Shop as Asked
from tests.contract.check_lightspeed.accounts import probed, scripted
from tests.sandbox.lightspeed_x.conftest import Shop, a_shirt

TAKEN = Answer(422, {"message": "taken"})


def test_what_is_taken_is_refused_by_the_simulator(asked: Asked) -> None:
    verdict, words = probed(8, asked)
    assert verdict == "passed"
    assert words.startswith("a taken name: 422, “A product with the name")


def made(body: Json) -> Answer:
    return Answer(200, {"data": [body["sku"]]})


@pytest.mark.parametrize(
    ("name", "sku", "words"),
    [
        (made, TAKEN, "a taken name is taken; the second joined the family of the first"),
        (TAKEN, made, "a taken SKU is taken"),
        (TAKEN, Answer(409, {"error": "conflict"}), "a taken SKU is answered 409, “conflict”"),
    ],
)
def test_what_is_taken_and_not_refused_is_otherwise(name: object, sku: object, words: str) -> None:
    answers = iter((made, name, sku))

    def post(body: Json) -> Answer:
        told = next(answers)
        return told(body) if callable(told) else told  # type: ignore[return-value]  # an Answer

    class AnyPath(dict[str, object]):
        def __missing__(self, path: str) -> Answer:
            return Answer(200, {"data": {"has_variants": True}})

    assert probed(8, scripted(AnyPath({"POST /products": post}))) == ("otherwise", words)


def test_the_simulator_keeps_the_origin_and_long_texts(asked: Asked) -> None:
    assert probed(9, asked) == ("passed", "what was set as source_id comes back")
    assert probed(10, asked) == ("passed", "name, SKU and supplier code keep 300 characters")


def test_an_account_that_cuts_texts_is_otherwise(pos: Shop, asked: Asked) -> None:
    pos.control.hazards(longest_text=100)
    verdict, words = probed(10, asked)
    assert verdict == "otherwise"
    assert words.count("comes back with 100 characters") == 3


def test_an_origin_that_is_dropped_and_texts_that_are_cut_are_otherwise() -> None:
    class Cut(dict[str, object]):
        def __missing__(self, path: str) -> Answer:
            return Answer(200, {"data": {"name": "n" * 255, "sku": "s", "source_id": None}})

    shop = scripted(Cut({"POST /products": Answer(200, {"data": ["m"]})}))
    assert probed(9, shop) == ("otherwise", "source_id comes back as None")
    verdict, words = probed(10, shop)
    assert (verdict, "name comes back with 255 characters" in words) == ("otherwise", True)
    refused = scripted({"POST /products": TAKEN})
    assert probed(10, refused) == (
        "otherwise",
        "texts of 300 characters are refused (422, “taken”)",
    )


def test_tracking_is_switched_off_in_the_simulator(asked: Asked) -> None:
    assert probed(17, asked)[0] == "passed"


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (TAKEN, "it is refused (422, “taken”)"),
        (Answer(200, {}), "it is taken, and the product is tracked all the same"),
    ],
)
def test_tracking_that_stays_on_is_otherwise(put: Answer, words: str) -> None:
    shop = scripted(
        {
            "POST /products": Answer(200, {"data": ["m"]}),
            "PUT /products/m": put,
            "GET /products/m": Answer(200, {"data": {"has_inventory": True}}),
        }
    )
    assert probed(17, shop) == ("otherwise", words)


def test_two_suppliers_of_one_name_are_otherwise(asked: Asked) -> None:
    assert probed(18, asked) == ("otherwise", "two suppliers have one name")
    answers = iter((Answer(200, {}), TAKEN))
    once = scripted({"POST /suppliers": lambda _: next(answers)})
    assert probed(18, once)[0] == "passed"
    assert probed(18, scripted({"POST /suppliers": TAKEN}))[0] == "not run"


def test_a_token_that_makes_webhooks_passes(asked: Asked) -> None:
    assert probed(5, asked) == ("passed", "this token may make webhooks")
    assert probed(5, scripted({"POST /webhooks": TAKEN}))[0] == "otherwise"


@pytest.mark.parametrize(("after", "verdict"), [(9, "passed"), (8, "otherwise")])
def test_a_brands_new_name_raises_versions_or_not(after: int, verdict: str) -> None:
    versions = iter((8, after))
    shop = scripted(
        {
            "POST /brands": Answer(200, {"data": "b"}),
            "PUT /brands/b": Answer(200, {"data": {"id": "b"}}),
            "POST /products": Answer(200, {"data": ["m"]}),
            "GET /products/m": lambda _: Answer(200, {"data": {"version": next(versions)}}),
        }
    )
    assert probed(1, shop)[0] == verdict


@pytest.mark.parametrize(("bumps", "verdict"), [(True, "passed"), (False, "otherwise")])
def test_the_simulator_has_brands_of_both_kinds(
    pos: Shop, asked: Asked, bumps: bool, verdict: str
) -> None:
    pos.control.hazards(names_bump=bumps)
    assert probed(1, asked)[0] == verdict


def test_another_member_leads_the_family_in_the_simulator(pos: Shop, asked: Asked) -> None:
    assert probed(7, asked) == ("not run", "the account has no variant attribute yet")
    a_shirt(pos)
    verdict, words = probed(7, asked)
    assert (verdict, words.startswith("another leads the family")) == ("passed", True)


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ({"id": "b", "family_id": "f"}, "passed"),
        ({"id": "b", "family_id": "f", "variant_parent_id": "a"}, "passed"),
        ({"id": "b", "family_id": "g"}, "otherwise"),
    ],
)
def test_a_family_that_gets_another_id_is_otherwise(left: Json, verdict: str) -> None:
    rows = iter(({"id": "b", "variant_parent_id": "a", "family_id": "f"}, left))
    shop = scripted(
        {
            "GET /variant_attributes": Answer(200, {"data": [{"id": "size"}]}),
            "POST /products": Answer(200, {"data": ["a", "b"]}),
            "GET /products/a": Answer(200, {"data": {"id": "a", "family_id": "f"}}),
            "GET /products/b": lambda _: Answer(200, {"data": next(rows)}),
            "DELETE /products/a": Answer(200, {}),
        }
    )
    assert probed(7, shop)[0] == verdict


@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_an_answer_that_says_nothing_of_the_account_is_no_verdict(
    pos: Shop, asked: Asked, status: int
) -> None:
    if status == 401:
        pos.control.revoke()
    elif status == 403:
        pos.control.grant(["products:read"])
    elif status == 429:
        pos.control.hazards(refuse_after=0)
    else:
        pos.control.hazards(down=1)
    with pytest.raises(NoUse, match=f"answers {status}"):
        probed(8, asked)
