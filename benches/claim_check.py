"""A CSV import of 48,000 rows goes through the real queues and tables, with each function in a
process of its own that is killed in the middle: nothing is lost, and no function needs more than
256 MB.

2,000 of the products are linked and pushed; the events of the others only refresh the read
model."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benches.helpers.linked import load_linked
from benches.helpers.results import Figure, finish
from cli.deployment.local_world import connect_world, sandbox_account
from cli.deployment.target import Target
from events.wrap import sqs_record
from sandbox.aws.server import REGION
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.inputs import ProductInput
from sandbox.runner import LocalWorld, start_world
from tests.knife.end_state import EVER_MS
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import PRODUCT_LANES

ALL_ROWS = 48_000
ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_ROWS
LINKED = min(2_000, ROWS // 4)
MOST_MB = 256
STORE = StoreId("demo")

CHILD = r"""
import importlib, json, re, sys
handler = importlib.import_module(sys.argv[1]).handler
class Context:
    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "bench"
for line in open(sys.argv[2]):
    answer = handler(json.loads(line), Context())
    assert not answer["batchItemFailures"], answer
    # Not ru_maxrss: a child begins with its parent's.
    peak = re.search(r"VmHWM:\s+(\d+) kB", open("/proc/self/status").read())[1]
    print(int(peak) // 1024, flush=True)
"""


class Functions:
    """Runs a function as Lambda would, in a process of its own, and measures its memory."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.peak_mb: dict[str, int] = {}

    def run(self, function: str, events: list[Any], kill_after: float = 0.0) -> bool:
        """Handle events one after the other, and return whether the process was alive at the
        end."""
        known = self._target.client("lambda").get_function_configuration(
            FunctionName=self._target.outputs[f"{function}_function_name"]
        )
        environment = {
            **os.environ,
            **known["Environment"]["Variables"],
            "AWS_ENDPOINT_URL": str(self._target.endpoint_url),
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "POWERTOOLS_LOG_LEVEL": "ERROR",
        }
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
            file.writelines(json.dumps(event) + "\n" for event in events)
        command = [sys.executable, "-c", CHILD, f"functions.{function}.app", file.name]
        child = subprocess.Popen(  # noqa: S603 - our own code
            command, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            said, _ = child.communicate(timeout=kill_after or None)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            said, _ = child.communicate()
        Path(file.name).unlink()
        peaks = [int(line) for line in said.splitlines() if line.isdigit()]
        self.peak_mb[function] = max([self.peak_mb.get(function, 0), *peaks])
        return child.returncode == 0


def main() -> int:
    """Play the import and print what each step took. Return 0 when every row arrived within the
    memory allowed."""
    store = StoreServer(quota="none", stock_delay_ms=20)
    with start_world(STORE, store=store) as world:
        target = _connected(world, store)
        functions = Functions(target)
        _say(f"{ROWS} products in the POS, {LINKED} of them linked")
        products = [_product(n) for n in range(ROWS)]
        load_linked(world, target, STORE, products[:LINKED], store.control.seed(count=LINKED))
        world.pos.cloud.import_products(products, "all.csv", ROWS)
        (message,) = _received(target, "pos_events_queue_url")
        died = not functions.run("intake", [message], kill_after=0.9)
        started = time.monotonic()
        assert functions.run("intake", [message])
        _say(f"intake was killed: {died}; again: split in {time.monotonic() - started:.1f} s")
        parts = list(_received(target, "claim_parts_queue_url"))
        died = not functions.run("intake", parts, kill_after=5)
        started = time.monotonic()
        assert functions.run("intake", parts)
        rows = _rows(target)
        took = time.monotonic() - started
        _say(f"killed: {died}; {len(parts)} batches of parts marked {rows} rows in {took:.0f} s")
        died = not functions.run("push", [_signal()], kill_after=12)
        started = time.monotonic()
        slices = 0
        while _rows(target):
            assert functions.run("push", [_signal()])
            slices += 1
        took = time.monotonic() - started
        calls = store.control.counts("tillbridge")["calls"]
        _say(f"push was killed: {died}; then {slices} slices in {took:.0f} s: {calls}")
        behind = _behind(target)
    _say(f"peak memory {functions.peak_mb} MB; rows marked {rows}; links behind {behind}")
    figures = [
        *(Figure(f"peak memory of {n}", mb, MOST_MB, "MB") for n, mb in functions.peak_mb.items()),
        Figure("rows not marked", ROWS - rows, 0),
        Figure("links behind", behind, 0),
    ]
    assert all(functions.peak_mb.values()), "a function told no peak"
    return finish("claim_check", figures, whole=ROWS >= ALL_ROWS)


def _connected(world: LocalWorld, store: StoreServer) -> Target:
    target = connect_world(world, sandbox_account(STORE, store), store.token)
    lambdas = target.client("lambda")
    for source in lambdas.list_event_source_mappings()["EventSourceMappings"]:
        lambdas.update_event_source_mapping(UUID=source["UUID"], Enabled=False)
    return target


def _product(number: int) -> ProductInput:
    fields = {"id": f"p-{number}", "name": f"Seeded product {number}", "sku": f"SEED-{number}"}
    return ProductInput.model_validate({**fields, "price": "12.50", "stock": {"o-main": "3"}})


def _received(target: Target, queue: str) -> Iterator[dict[str, Any]]:
    """Yield batches of a queue as Lambda receives them, until it is empty, and delete their
    messages."""
    sqs, url = target.client("sqs"), target.outputs[queue]
    while True:
        got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        messages = got.get("Messages", [])
        if not messages:
            return
        records = [sqs_record(each["Body"], "bench", each["MessageId"]) for each in messages]
        yield {"Records": records}
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def _signal() -> dict[str, Any]:
    body = json.dumps({"store_id": STORE})
    return {"Records": [sqs_record(body, "store-work.fifo", "signal", group=STORE)]}


def _rows(target: Target) -> int:
    found = (len(target.pending.due(STORE, lane, EVER_MS, ROWS + 1)) for lane in PRODUCT_LANES)
    return sum(found)


def _behind(target: Target) -> int:
    ids = [PosProductId(f"p-{n}") for n in range(LINKED)]
    links = target.links.get(STORE, ids)
    return sum(1 for link in links.values() if link.content_version <= LINKED)


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    sys.exit(main())
