"""`make sam-local`: the shipped functions in Lambda containers, against the running local world.

The built template is used as it is; only its variables become the running world's values, because
`sam local` cannot look them up. While the containers work, the local AWS delivers no queue messages
to its own functions, so every change in the store was made by a container.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from cli.counted import counted
from cli.deployment.target import Target, need_target
from cli.sam_local.console import check_console, open_door
from cli.sam_local.sam import EVENTS, check, invoke
from cli.sam_local.template import as_seen_inside, write_template
from cli.screen.console import console
from sandbox.runner import CLIENT_ID
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import PRODUCT_LANES

STORE = StoreId("demo")
ASKED = [PosProductId(product) for product in ("p-1001", "p-1003", "p-1005")]
"""The products that the golden event push.requested names."""


def main() -> int:
    """Invoke each function with its golden events, then serve the console. Return 0; exit with 1 at the first
    failure."""
    host = os.environ.get("SAM_LOCAL_HOST", "172.17.0.1")
    target = need_target()
    with open_door(CLIENT_ID, host) as door, _reachable(target, host), _paused(target):
        template = write_template(target, host, door)
        invoke(template, "IntakeFunction", "intake.push.requested.json", host)
        waiting = sum(len(target.pending.of(STORE, lane, ASKED)) for lane in PRODUCT_LANES)
        check(waiting == len(ASKED), f"intake marked {waiting} products pending")
        invoke(template, "PushFunction", "push.signal.json", host)
        links = target.links.get(STORE, ASKED)
        linked = [link for link in links.values() if link.is_linked]
        check(
            len(linked) == len(ASKED), f"push created and linked {counted(len(linked), 'product')}"
        )
        for link in linked:
            console.print(f"  {link.product} is BigCommerce product {link.id}: {link.name}")
        for name in ("intake.sale.completed.json", "intake.poison.no-metadata.json"):
            invoke(template, "IntakeFunction", name, host)
        for function in ("import", "orders", "reconcile", "sweep", "webhooks"):
            for event in sorted(EVENTS.glob(f"{function}.*.json"))[:2]:
                invoke(template, f"{function.capitalize()}Function", event.name, host)
        told = invoke(template, "ConsoleFunction", "console.api.me.json", host)
        check(told["statusCode"] == 200, "console tells whose claims it was given", str(told))
        check_console(template, host, door, STORE, linked[0].name)
    return 0


@contextmanager
def _reachable(target: Target, host: str) -> Iterator[None]:
    """Connect the store under addresses that containers reach, for a while."""
    before = target.stores.find(STORE)
    assert before is not None, "the local world connects the store 'demo'"
    seen = replace(
        before,
        api_url=as_seen_inside(before.api_url, host),
        pos_account=replace(
            before.pos_account, address=as_seen_inside(before.pos_account.address, host)
        ),
    )
    target.stores.save_connection(seen)
    try:
        yield
    finally:
        target.stores.save_connection(before)


@contextmanager
def _paused(target: Target) -> Iterator[None]:
    """Keep the local AWS from delivering queue messages, for a while."""
    lambdas = target.client("lambda")
    sources = [
        source["UUID"] for source in lambdas.list_event_source_mappings()["EventSourceMappings"]
    ]
    for source in sources:
        lambdas.update_event_source_mapping(UUID=source, Enabled=False)
    try:
        yield
    finally:
        for source in sources:
            lambdas.update_event_source_mapping(UUID=source, Enabled=True)


if __name__ == "__main__":
    sys.exit(main())
