"""A page of each list of a large store: requests, and time in the use case, on tables of `dynalite`, a DynamoDB in
memory that reads a page of a long partition as fast as its beginning; the embedded AWS reads the whole partition
each time. It is installed into a folder of its own (`.peers`). Usage: console_pages.py [PRODUCTS]; with fewer than
100,000 only requests are counted, in the embedded AWS."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import batched
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import boto3

from benches.helpers.metered import Meter
from benches.helpers.results import Figure, finish
from sandbox.aws.package import load_template
from sandbox.aws.server import REGION, start_aws
from tests.builders import STORE, a_connection
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item, new_item
from tillbridge.adapters.dynamodb.bulk import WRITE_BATCH, in_parallel, write_all
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.row_items import row_item, term_item
from tillbridge.adapters.dynamodb.store_items import account_values, connection_values
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import of_our_own
from tillbridge.domain.search_terms import terms_of
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, WEB, RowState, ViewRow
from tillbridge.usecases.console.list_products import Listed, list_products

ALL = 100_000
PRODUCTS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL
WHOLE = PRODUCTS >= ALL
WAITING = 120
TIMES = 9
MOST_REQUESTS, MOST_MS = 5, 150

INSTALLED = Path(__file__).parents[1] / ".peers"
DYNALITE = "dynalite@4.0.0"
A_FILL = 500
SIGNED = (
    f"Credential=local/20260101/{REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
)
HEADERS = {
    "X-Amz-Target": "DynamoDB_20120810.BatchWriteItem",
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Date": "20260101T000000Z",
    "Authorization": f"AWS4-HMAC-SHA256 {SIGNED}",
}
"""Neither of the two checks a signature."""

NOUNS = ("lamp", "chair", "rope", "bench", "jumper", "kettle", "anchor", "blanket")
"""Every product is one of these, so a search for one finds an eighth of the store."""

_OF_CREATION = (
    "AttributeDefinitions", "BillingMode", "KeySchema", "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
)  # fmt: skip


@dataclass(frozen=True)
class Deps:
    """What a list reads."""

    stores: DynamoStores
    listing: DynamoListing
    views: DynamoReadModel
    pending: DynamoPending


def main() -> int:
    """Print a line for each list. Return 0 when no page costs or lasts more than it may."""
    with _dynalite() if WHOLE else _embedded() as client:
        began = time.monotonic()
        deps = _filled(client)
        print(f"{PRODUCTS:,} products, filled in {time.monotonic() - began:.0f} s", flush=True)
        meter = Meter()
        meter.attach(client)
        figures = [
            each for title, page in _pages(deps).items() for each in _says(title, page, meter)
        ]
    return finish("console_pages", figures, whole=WHOLE)


def _pages(deps: Deps) -> dict[str, Callable[[], Listed]]:
    def page(question: Question, side: str = "pos", **more: Any) -> Callable[[], Listed]:
        return lambda: list_products(deps, STORE, side, question, **more)

    linked, middle = Question("", RowState.LINKED), Question()
    after = ""
    for _ in range(3):
        after = list_products(deps, STORE, "pos", middle, after=after).after
    last = list_products(deps, STORE, "pos", Question(), backwards=True).after
    return {
        "first page by name": page(Question()),
        "a page further on": page(Question(), after=after),
        "the page before": page(Question(), before=after),
        "from Z to A": page(Question(), backwards=True, after=last),
        "the Web view": page(Question(), "web"),
        "linked products": page(linked),
        "failed products": page(Question("", RowState.FAILED)),
        "a search for a word": page(Question("chair")),
        "a search for a SKU": page(Question("SKU-0000")),
        "a search among failed": page(Question("lamp", RowState.FAILED)),
        "what waits": page(Question(), lane=Lane.CONTENT),
    }


def _says(title: str, page: Callable[[], Listed], meter: Meter) -> Iterator[Figure]:
    meter.begin()
    found = page()
    requests = meter.requests.total()
    took = []
    for _ in range(TIMES if WHOLE else 1):
        began = time.perf_counter()
        page()
        took.append((time.perf_counter() - began) * 1_000)
    assert found.rows or found.further, title
    print(
        f"{title}: {len(found.rows)} rows, {requests} requests, {median(took):.0f} ms", flush=True
    )
    yield Figure(f"{title}, requests", requests, MOST_REQUESTS)
    if WHOLE:
        yield Figure(f"{title}, median", median(took), MOST_MS, "ms")


def _filled(client: Any) -> Deps:
    """Return tables with a store of so many products, some of which wait."""
    tables = {
        name: _make(client, name) for name in ("StoresTable", "ReadModelTable", "PendingTable")
    }
    in_parallel(partial(_fill, client, tables["ReadModelTable"]), range(0, PRODUCTS, A_FILL))
    _connect(client, tables["StoresTable"])
    deps = Deps(
        DynamoStores(client, tables["StoresTable"]),
        DynamoListing(client, tables["ReadModelTable"], tables["PendingTable"]),
        DynamoReadModel(client, tables["ReadModelTable"]),
        DynamoPending(client, tables["PendingTable"]),
    )
    # One by one: dynalite takes no statements.
    in_parallel(partial(_waits, deps), range(min(WAITING, PRODUCTS)))
    deps.stores.find(STORE)  # a warm function knows which POS account the store has
    return deps


def _waits(deps: Deps, number: int) -> None:
    product = PosProductId(f"p-{number:06d}")
    deps.pending.mark([of_our_own(STORE, Lane.CONTENT, product, 1, "bench")])


def _fill(client: Any, table: str, first: int) -> None:
    """Write the items of some products; to dynalite as bare requests, which take a tenth of the client's time."""
    address = urlsplit(client.meta.endpoint_url)
    with closing(HTTPConnection(address.hostname or "", address.port)) as connection:
        for some in batched(
            _items(first, min(first + A_FILL, PRODUCTS)), WRITE_BATCH, strict=False
        ):
            writes = [{"PutRequest": {"Item": item}} for item in some]
            body = json.dumps({"RequestItems": {table: writes}})
            connection.request("POST", "/", body, HEADERS)
            answer = connection.getresponse()
            left = json.loads(answer.read())
            if answer.status != 200 or left.get("UnprocessedItems"):
                raise RuntimeError(f"not written: {left}")


def _items(first: int, end: int) -> Iterator[Item]:
    for number in range(first, end):
        for row in _rows(number):
            yield row_item(STORE, row)
            # Searched is the POS view: the terms of the other are as many again, and take as long to write.
            terms = terms_of(row) if row.side == POS else ()
            yield from (term_item(STORE, row.side, term, row.id) for term in terms)


def _rows(number: int) -> tuple[ViewRow, ViewRow]:
    name = f"Oak {NOUNS[number % len(NOUNS)]} {number * 7_919 % PRODUCTS:06d}"
    state = (
        (RowState.FAILED, RowState.NOT_LINKED)[number % 2] if number % 50 < 2 else RowState.LINKED
    )
    code = "name_taken" if state is RowState.FAILED else ""
    sku, id_, web_id = f"SKU-{number:06d}", f"p-{number:06d}", str(number + 1)
    shown: dict[str, Any] = {"sku": sku, "price": "14.50", "stock": "3", "skus": (sku,)}
    pos = ViewRow(POS, id_, name, state=state, code=code, other=web_id, **shown)
    web = ViewRow(WEB, web_id, name, state=RowState.LINKED, other=id_, **shown)
    return pos, web


def _connect(client: Any, table: str) -> None:
    # In two writes: dynalite has no transactions.
    connection = a_connection()
    account = connection.pos_account
    items = [
        new_item(keys.key(STORE, keys.CONNECTION), connection_values(connection)),
        new_item(keys.key(keys.ACCOUNTS, account.key), account_values(account)),
    ]
    write_all(client, table, items)


def _make(client: Any, logical_id: str) -> str:
    template = load_template(Path(__file__).parents[1] / "template.yaml")
    definition = template["Resources"][logical_id]["Properties"]
    arguments = {key: definition[key] for key in _OF_CREATION if key in definition}
    client.create_table(TableName=logical_id, **arguments)
    client.get_waiter("table_exists").wait(
        TableName=logical_id, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )
    return logical_id


@contextmanager
def _embedded() -> Iterator[Any]:
    with start_aws() as aws:
        yield aws.session().client("dynamodb", endpoint_url=aws.endpoint_url)


@contextmanager
def _dynalite() -> Iterator[Any]:
    _install()
    port = _free_port()
    script = str(INSTALLED / "node_modules" / "dynalite" / "cli.js")
    command = ["node", script, "--port", str(port), "--createTableMs", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:  # noqa: S603 - pinned
        try:
            _wait_for(port)
            session = boto3.Session("local", "local", region_name=REGION)
            yield session.client("dynamodb", endpoint_url=f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)  # Node is starting
    sys.exit("dynalite did not start.")


def _install() -> None:
    """Install dynalite into a folder of its own, once."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        sys.exit("This bench needs Node.js: dynalite is written for it.")
    INSTALLED.mkdir(exist_ok=True)
    if not (INSTALLED / "node_modules" / "dynalite").exists():
        options = ["--no-save", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([npm, "install", *options, DYNALITE], cwd=INSTALLED, check=True)  # noqa: S603 - pinned


if __name__ == "__main__":
    sys.exit(main())
