"""`make sam-local`: the shipped functions in Lambda containers, against the running local world.

The built template is used as it is; only its variables become the running world's values, because
`sam local` cannot look them up. While the containers work, the local AWS delivers no queue messages
to its own functions, so every change in the store was made by a container.
"""

import sys

from cli.counted import counted
from cli.deployment.target import need_target
from cli.sam_local.console import check_console, open_door
from cli.sam_local.holding import held_for_containers
from cli.sam_local.sam import EVENTS, check, host_of_containers, invoke
from cli.sam_local.template import write_template
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
    host = host_of_containers()
    target = need_target()
    with open_door(CLIENT_ID, host) as door, held_for_containers(target, STORE, host):
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


if __name__ == "__main__":
    sys.exit(main())
