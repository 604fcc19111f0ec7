"""What the command line costs before it does anything, against a bare Typer in the same run; and a whole `list`.

Each start is a fresh process, in shuffled order, with byte code cached; the median of its processor
time counts. Read the ratios: the milliseconds are this machine's. What answers `list` and completion is no AWS but a
table in this process, whose time is not counted."""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from benches.helpers.results import Figure, finish
from cli.deployment.world import own_world
from tests.builders import a_connection
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import new_item
from tillbridge.adapters.dynamodb.row_items import row_item
from tillbridge.adapters.dynamodb.store_items import account_values, connection_values
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import POS, ViewRow

ALL_ROUNDS = 15
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_ROUNDS
MOST = 2.0
"""Help may take this many times what Typer alone takes."""

MOST_HELP_MS = 300.0
MOST_LIST_MS = 1_000.0
"""A command that works has to load what speaks to AWS, of which boto3 alone is a third of a second."""

ROOT = Path(__file__).parents[1]
BARE = "import typer"
HELP = ("--help", "push --help", "list --help", "store add --help", "demo --help")
WORDS, NAMES, IDS, LIST = "TAB in a command", "TAB in a store", "TAB in an id", "list --json"
TABS = {WORDS: "tillbridge pu", NAMES: "tillbridge list --store s", IDS: "tillbridge show p-1"}
PRODUCTS = 40


def main() -> int:
    """Print a line for each command. Return 0 when none takes longer than it may."""
    script = ["-c", "import sys; sys.argv[0] = 'tillbridge'; from cli.main import main; main()"]
    starts: dict[str, tuple[list[str], dict[str, str]]] = {BARE: (["-c", BARE], {})}
    starts |= {words: ([*script, *words.split()], {}) for words in (*HELP, LIST)}
    starts |= {name: (script, _pressed(line)) for name, line in TABS.items()}
    with TemporaryDirectory() as home, patch.dict(os.environ, _environment(home)), _world():
        for command, more in starts.values():
            _start(command, more)  # writes the byte code that is missing
        took: dict[str, list[float]] = {name: [] for name in starts}
        for _ in range(ROUNDS):
            for name in random.sample(list(starts), len(starts)):
                took[name].append(_start(*starts[name]))
    medians = {name: statistics.median(times) for name, times in took.items()}
    ratios = {name: median / medians[BARE] for name, median in medians.items()}
    for name, ratio in ratios.items():
        spread = f"{min(took[name]):.0f}-{max(took[name]):.0f}"
        print(f"{name:16} {medians[name]:6.0f} ms ({spread})  {ratio:.2f} x {BARE}")
    figures = [Figure(f"tillbridge {name} ÷ {BARE}", ratios[name], MOST) for name in HELP]
    figures += [
        Figure("processor time of tillbridge --help", medians["--help"], MOST_HELP_MS, "ms"),
        Figure(f"processor time of {WORDS}", medians[WORDS], MOST_HELP_MS, "ms"),
        *(
            Figure(f"processor time of {name}", medians[name], MOST_LIST_MS, "ms")
            for name in (NAMES, IDS, LIST)
        ),
    ]
    return finish("cli_start", figures, whole=ROUNDS >= ALL_ROUNDS)


def _environment(home: str) -> dict[str, str]:
    # Byte code is cached, whatever the shell of this bench says.
    return {"TILLBRIDGE_HOME": home, "TILLBRIDGE_STACK": "", "PYTHONDONTWRITEBYTECODE": ""}


def _pressed(line: str) -> dict[str, str]:
    """Return what a shell sets when TAB is pressed at the end of a line."""
    return {
        "_TILLBRIDGE_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - 1),
    }


@contextmanager
def _world() -> Iterator[None]:
    """Have commands find a world whose tables hold a store of forty products."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Tables) as server, own_world() as remember:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tables = {f"{each}_table": each for each in ("stores", "read_model", "pending")}
        remember({"outputs": tables, "endpoint_url": f"http://127.0.0.1:{server.server_port}"})
        yield
        server.shutdown()


class _Tables(BaseHTTPRequestHandler):
    """The answers of DynamoDB that a list of products needs."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = json.dumps(_answer(asked)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


SHOP = StoreId("shop")
CONNECTION = a_connection(SHOP)
ACCOUNT = keys.key(keys.ACCOUNTS, CONNECTION.pos_account.key)
ITEMS = [
    keys.key(keys.CONNECTED, SHOP),
    new_item(keys.key(SHOP, keys.CONNECTION), connection_values(CONNECTION)),
    new_item(ACCOUNT, account_values(CONNECTION.pos_account)),
    *(row_item(SHOP, ViewRow(POS, f"p-{1000 + n}", f"Mug {n}")) for n in range(PRODUCTS)),
]


def _answer(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    if "RequestItems" in asked:
        read = {
            table: [each for key in of["Keys"] for each in ITEMS if key.items() <= each.items()]
            for table, of in asked["RequestItems"].items()
        }
        return {"Responses": read, "UnprocessedKeys": {}}
    if "Key" in asked:
        found = [each for each in ITEMS if asked["Key"].items() <= each.items()]
        return {"Item": found[0]} if found else {}
    part = asked["ExpressionAttributeValues"].values()
    return {"Items": [each for each in ITEMS if each["pk"] in part]}


def _start(command: list[str], more: Mapping[str, str]) -> float:
    before = _children_ms()
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert command[-1] == BARE or done.stdout.strip(), "a command that prints nothing did nothing"
    return _children_ms() - before


def _children_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1_000


if __name__ == "__main__":
    sys.exit(main())
