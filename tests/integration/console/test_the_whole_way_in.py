"""The whole way in, through the local AWS: door, HTTP API, function, issuer and back, for three people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pytest
import requests

from sandbox.aws.build import build
from sandbox.aws.deploy import deploy
from sandbox.aws.door import Door
from sandbox.aws.server import start_aws
from sandbox.people.directory import PEOPLE
from sandbox.people.server import PeopleServer
from tests.builders import a_connection
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow

SECONDS = 30


@dataclass(frozen=True)
class Console:
    """A running console, its issuer and the address of both."""

    url: str
    people: PeopleServer
    stores: DynamoStores
    views: DynamoReadModel

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(
            self.url + path, headers=headers, timeout=SECONDS, allow_redirects=False
        )


@pytest.fixture(scope="module")
def console() -> Iterator[Console]:
    with (
        start_aws() as aws,
        Door() as door,
        PeopleServer("console", f"{door.address}/sign-in/back") as people,
    ):
        said = {
            "ConsoleIssuer": people.address,
            "ConsoleClientId": "console",
            "ConsoleUrl": door.address,
        }
        outputs = deploy(aws, build(), said)
        door.open(aws.endpoint_url, {"/hooks/": outputs.hooks_api_id, "/": outputs.console_api_id})
        client = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url)
        stores = DynamoStores(client, outputs.stores_table)
        views = DynamoReadModel(client, outputs.read_model_table)
        yield Console(door.address, people, stores, views)


def signed_in(console: Console, who: str) -> requests.Session:
    """Return a browser in which somebody signed in."""
    browser = requests.Session()
    page = browser.get(f"{console.url}/sign-in?to=/health", timeout=SECONDS)
    assert page.url.startswith(f"{console.people.address}/authorize?"), page.text
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
    assert ticket, page.text
    back = browser.post(
        f"{console.people.address}/choose",
        data={"ticket": ticket[1], "who": who},
        timeout=SECONDS,
    )
    assert (back.status_code, back.text) == (200, "ok")
    assert urlsplit(back.url).path == "/health"
    return browser


@pytest.mark.parametrize("who", PEOPLE)
def test_each_of_the_three_comes_in_and_goes_back_to_their_page(console: Console, who: str) -> None:
    browser = signed_in(console, who)
    assert list(browser.cookies.get_dict()) == ["tb"]  # the one of the way in was taken back
    sent = {"Origin": console.url, "Content-Type": "application/x-www-form-urlencoded"}
    # Signed in, but without the token of a form: not sent from a page of ours.
    left = browser.post(f"{console.url}/sign-out", data="", headers=sent, timeout=SECONDS)
    assert left.status_code == 403


def test_one_changed_character_of_the_cookie_signs_out(console: Console) -> None:
    value = signed_in(console, "sam").cookies.get_dict()["tb"]
    changed = value[:10] + ("A" if value[10] != "A" else "B") + value[11:]
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    for text, status in ((value, 403), (changed, 401)):
        answer = requests.post(
            f"{console.url}/sign-out",
            headers={"Cookie": f"tb={text}", **sent},
            timeout=SECONDS,
            allow_redirects=False,
        )
        assert answer.status_code == status


def test_a_made_up_return_is_refused(console: Console) -> None:
    assert console.get("/sign-in/back?code=x&state=y").status_code == 400


def test_the_gateway_asks_the_api_for_a_token(console: Console) -> None:
    issuer, sam = console.people.issuer, PEOPLE["sam"]
    good = issuer.token(sam)
    head, claims, signature = good.split(".")
    bad = {
        "": "nothing",
        "Bearer made.up.token": "rubbish",
        f"Bearer {head}.{claims}.{signature[:-4]}AAAA": "bad signature",
        f"Bearer {issuer.token(sam, exp=1)}": "expired",
        f"Bearer {issuer.token(sam, aud='another')}": "of another console",
        f"Bearer {issuer.token(sam, iss='http://127.0.0.1:1')}": "of another issuer",
    }
    for sent, what in bad.items():
        headers = {"Authorization": sent} if sent else {}
        assert console.get("/api/v1/me", **headers).status_code == 401, what


def test_a_good_token_reaches_the_api_with_its_claims(console: Console) -> None:
    token = console.people.issuer.token(PEOPLE["sam"])
    answer = console.get("/api/v1/nothing-here", Authorization=f"Bearer {token}")
    assert answer.status_code not in {401, 403}


@pytest.mark.parametrize(
    "product", ["p-1", "p 1 #2?%é", "\U0001f9d1\u200d\U0001f373" * 20, "a+b&c"]
)
def test_a_product_of_any_id_is_read_across_the_tables(console: Console, product: str) -> None:
    console.stores.save_connection(a_connection("demo"))
    console.views.put(StoreId("demo"), [ViewRow("pos", product, "Oak chair")])
    token = console.people.issuer.token(PEOPLE["sam"])
    path = f"/api/v1/stores/demo/products/{quote(product, safe='')}"
    answer = console.get(path, Authorization=f"Bearer {token}")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["id"], answer.json()["name"]) == (product, "Oak chair")


def test_health_and_unknown_pages_answer_with_the_policy(console: Console) -> None:
    for path, status in (("/health", 200), ("/no/such/page", 404)):
        answer = console.get(path)
        assert answer.status_code == status
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
