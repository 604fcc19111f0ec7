"""What a made-up shop may go through: plans that warn, jobs, a push by hand, dead letters."""

import json
from dataclasses import replace
from decimal import Decimal

from tests.builders import a_link
from tests.console.catalogue import DAY, HOSTILE, HOUR, MINUTE, NAME_TAKEN, NOW_MS, SHOP
from tests.console.shop import Shop
from tests.fakes.dead_letter_boxes import FakeDeadLetterBoxes
from tillbridge.domain.before_push import Before, Was
from tillbridge.domain.dead_letters import Box
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId, StoreVariantId
from tillbridge.domain.jobs import UNDO_KEPT_MS, Job, JobLine, JobState, Progress
from tillbridge.domain.request_plan import PlannedProduct, Warned
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import POS
from tillbridge.usecases.console import planning

TAKEN = Warned(
    "taken",
    planning._WARNS["taken"],
    (
        PlannedProduct(
            "p-1005",
            "Brass desk lamp",
            "187",
            words="BigCommerce already has a product named 'Brass desk lamp' (#640).",
        ),
        PlannedProduct(
            "p-1012",
            "Paper floor lamp",
            "191",
            words="BigCommerce already has the SKU 'LMP-PPR-02' (#655).",
        ),
    ),
)

HIDES = Warned(
    "hides",
    planning._WARNS["hides"],
    (PlannedProduct("p-1013", "Stoneware vase, slate", "302"),),
)


def a_job(name: str = "job-7", do: Do = Do.PUSH, **figures: object) -> Progress:
    """Return a job under way: 28 done, one failed, 14 to go."""
    lines = (
        JobLine("p-1002", "Ash dining stool", "failed", NAME_TAKEN, at_ms=NOW_MS - 1_000),
        JobLine("p-1005", "Brass desk lamp", "waiting"),
        JobLine("p-1001", "Ash dining chair", "done", "updated", "214", NOW_MS - 2_000),
    )
    made = Job(name, SHOP, do, "Mia", NOW_MS - 3_000, 43)
    usual = Progress(made, JobState.RUNNING, 28, 1, 14, seconds=2, lines=lines)
    return replace(usual, **figures)  # type: ignore[arg-type]  # figures are those of Progress


PUSHED = "job-3"
"""A job of the shop whose push can be undone, of products whose old values have hostile texts."""


def pushed_by_hand(shop: Shop) -> Shop:
    """Return the shop after Mia's push of three products replaced values, made another, and ended."""
    deps, asked_ms = shop.deps, NOW_MS - 2 * HOUR
    job = Job(PUSHED, SHOP, Do.PUSH, "Mia", asked_ms, 4)
    deps.jobs.begin(job)
    befores = {}
    for place, (id_, number) in enumerate((("p-1001", 214), ("p-1003", 231), ("p-1005", 187))):
        product = PosProductId(id_)
        deps.links.linked(SHOP, a_link(id_, id=StoreProductId(number)))
        fields = {
            "price": Was(Decimal("169.00"), sent("189")),
            "name": Was("Ash chair", sent("Ash")),
        }
        if place == 1:
            fields |= {
                "description": Was(HOSTILE[place], sent(HOSTILE[0])),
                "upc": Was("", sent("1")),
            }
            fields |= {"v-1.price": Was(None, sent("12"), StoreVariantId(9))}
        befores[product] = Before(StoreProductId(number), id_, asked_ms, fields)
        line = ProductLine(asked_ms, product, Did.UPDATED, by="Mia", job=PUSHED, outcome=True)
        deps.history.write(SHOP, [line])
    deps.befores.keep(SHOP, PUSHED, befores)
    made = PosProductId("p-1011")
    deps.links.linked(SHOP, a_link(made, id=StoreProductId(290)))
    line = ProductLine(asked_ms, made, Did.CREATED, by="Mia", job=PUSHED, outcome=True)
    deps.history.write(SHOP, [replace(line, web=StoreProductId(290))])
    lines = tuple(
        JobLine(each, name, "done", "Sent to BigCommerce.", at_ms=asked_ms)
        for each, name in (("p-1001", "Ash dining chair"), ("p-1003", "Beeswax candle, tall"))
    )
    shop.progress[PUSHED] = Progress(
        job, JobState.ENDED, 4, 0, 0, lines=lines, undo_until_ms=asked_ms + UNDO_KEPT_MS
    )
    return shop


def with_dead_letters(shop: Shop, *, most: int = 20, more: int = 0, silent: bool = False) -> Shop:
    """Return the shop with `most` kinds of dead letters at most, hostile ones among them, and `more` of one kind."""
    boxes = shop.deps.dead_letters
    assert isinstance(boxes, FakeDeadLetterBoxes)
    reasons = (
        "The event cannot be read (data.products: Field required). Compare it with contracts/events.",
        *HOSTILE,
    )
    for number, reason in enumerate(reasons[:most]):
        kind = "product.saved" if number == 0 else reason
        data = {"products": [{"product_id": reason, "version": 17}]}
        event = {"detail-type": kind, "detail": {"metadata": {"store_id": SHOP}, "data": data}}
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        boxes.put(Box.POS_EVENTS, body, reason, sent_ms=NOW_MS - (number + 1) * 2 * HOUR)
    signal = json.dumps({"store_id": SHOP})
    if most > 1:
        boxes.put(Box.STORE_WORK, signal, group=SHOP, sent_ms=NOW_MS - 4 * DAY)
        asked = {"detail-type": "reconcile.requested", "detail": {"metadata": {"store_id": SHOP}}}
        boxes.put(Box.POS_EVENTS, json.dumps(asked), "By nobody.", sent_ms=NOW_MS - MINUTE)
        boxes.put(Box.POS_EVENTS, "{not json", "It is not JSON.", sent_ms=NOW_MS - DAY)
        gone = json.dumps({"store_id": "quay-street", "x": "W" * 9_000})
        boxes.put(Box.WAKES, gone, "No store named 'quay-street' is connected.")
    for _ in range(more):
        boxes.put(Box.REQUESTS, signal, "Too large.", sent_ms=NOW_MS - 3 * DAY)
    if silent:
        boxes.silent = {Box.IMPORTS}
    return shop


def without_hostile_names(shop: Shop) -> Shop:
    """Return the shop as a visitor of the documentation should see it."""
    shop.views.remove(SHOP, POS, [f"h-{number}" for number in range(len(HOSTILE))])
    shop.views.remove(SHOP, POS, [f"p-{1100 + number}" for number in range(0, 36, 2)])
    return shop
