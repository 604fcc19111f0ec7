"""The steps of a demo: connect, push, let the web staff work, play the day."""

import time
from itertools import batched
from typing import Any

from rich.progress import Progress

from cli.asking.pushes import push_and_wait
from cli.asking.quiet import until_quiet
from cli.demo.input import Input
from cli.demo.polls import until_seen
from cli.demo.shop import shop_records
from cli.demo.state import Demo
from cli.deployment.accounts import Account
from cli.deployment.links import every_link
from cli.deployment.local_world import connect_world, sandbox_account
from cli.pos.local import connect_vendors_world
from cli.sides.pos_products import pos_products
from cli.verify.model import StoreSide
from cli.verify.owned import snapshot_owned
from sandbox.bigcommerce.lab.web_staff import WebStaff
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.lightspeed_x.lab.control import Control
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.pos.shop_day import play_day
from sandbox.runner import LocalWorld
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.ids import StoreId

DAY_ACTIONS = 120
PACE_S = 0.03
MAIN_OUTLET = "o-main"
SHELVES_A_COUNT = 100


def connected(
    world: LocalWorld,
    own: StoreServer | None,
    account: Account | None,
    given: Input,
    seed: int,
) -> Demo:
    """Connect the given account, or this world's sandbox store, and return the demo's state."""
    if account is None:
        assert own is not None
        account, token = sandbox_account("demo", own), own.token
    else:
        token = account.token()
    if isinstance(world.pos, LightspeedServer):
        Control(world.pos.account).hooks(dropped=given.pos.hooks_lost / 100)
    target = (
        connect_vendors_world(world, account, token, given.pos.vendor)
        if given.pos.vendor
        else connect_world(world, account, token)
    )
    return Demo(world, target, StoreId(account.name), account, token, given, seed)


def push_new(demo: Demo, bars: Progress, words: str) -> None:
    """Push the POS products that were not pushed yet; `words` has a place for their number."""
    ids = [e["id"] for e in pos_products(demo.target, demo.store) if e["id"] not in demo.known]
    if not ids:
        return
    demo.known.update(ids)
    task = bars.add_task(words.format(len(ids)), total=len(ids))
    push_and_wait(demo.target, demo.store, ids, lambda done: bars.update(task, completed=done))


def web_staff_fills(demo: Demo, bars: Progress) -> None:
    """Let the web staff fill the eight BigCommerce-owned things and format descriptions."""
    task = bars.add_task("the web staff fills in what belongs to BigCommerce", total=None)
    links = every_link(demo.target, demo.store).values()
    account = demo.account
    staff = WebStaff(account.api_url, account.store_hash, demo.token, demo.seed, new_http_session())
    staff.fill([int(link.id) for link in links if link.id is not None])
    demo.owned_before = snapshot_owned(StoreSide(account.api_url, account.store_hash, demo.token))
    bars.update(task, total=1, completed=1)


def play(demo: Demo, bars: Progress) -> None:
    """Play the day, count the untouched products in the evening, and wait until no work is left."""
    task = bars.add_task("a day in the shop", total=None)
    demo.events_before = len(demo.world.events.entries)
    demo.day_began_ms = time.time_ns() // 1_000_000

    def progress(done: int, total: int, sentence: str) -> None:
        bars.update(
            task, completed=done, total=total, description=f"a day in the shop: {sentence[:48]}"
        )
        time.sleep(PACE_S)  # - a till is not faster, and people want to see it

    log = demo.given.sales
    demo.day = play_day(
        demo.world.pos.cloud, seed=demo.seed, actions=DAY_ACTIONS, log=log, progress=progress
    )
    _evening_count(demo)
    bars.update(task, description="a day in the shop: waiting for the last changes")
    until_seen(demo.target, demo.store, poked=demo.given.pos.poked)
    until_quiet(demo.target, demo.store)
    bars.update(task, description="a day in the shop", total=1, completed=1)


def _evening_count(demo: Demo) -> None:
    """Count, in the evening, every product that the day did not touch, without changing its stock.

    Each product's content then goes up once and replaces the web staff's description, and no change
    of the day is pushed a second time, which could hide that it was missed. A vendor's POS gives a level that stays
    no new version: there every such product is saved."""
    cloud = demo.world.pos.cloud
    touched = {
        each["product_id"]
        for event in demo.world.events.entries[demo.events_before :]
        for each in event["detail"]["data"].get("products", ())
    }
    untouched = [each for each in shop_records(demo.world) if each["id"] not in touched]
    saved = [each["id"] for each in untouched if demo.given.pos.vendor or not each["track_stock"]]
    lines = [
        {"product_id": product["id"], "variant_id": holder, "counted": level["on_hand"]}
        for product in untouched
        if product["id"] not in saved
        for holder, levels in _shelves(product)
        for level in levels
        if level["outlet_id"] == MAIN_OUTLET
    ]
    for part in batched(lines, SHELVES_A_COUNT, strict=False):
        cloud.inventory_count(list(part), outlet_id=MAIN_OUTLET)
    for product in saved:
        cloud.save_product(product)


def _shelves(product: dict[str, Any]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    if product["variants"]:
        return [(variant["id"], variant["stock"]) for variant in product["variants"]]
    return [(None, product["stock"])]
