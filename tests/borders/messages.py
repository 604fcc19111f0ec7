"""Borders of the queues: an odd event, claim check, request or message of our own, between two good
ones of one batch."""

import base64
import gzip
import hashlib
import importlib
import io
import json
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from unittest import mock

from tests.borders.places import as_text, places_in, with_odd
from tests.builders import OWN_ACCOUNT, a_connection
from tests.fakes.begun import FakeBegun
from tests.fakes.console import FakeJobs
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.parts import FakeParts
from tests.fakes.store_list import FakeStoreList
from tests.handlers.conftest import EVENTS, Context
from tests.import_world import ImportWorld
from tests.reconcile_world import ReconcileWorld
from tests.world import World
from tillbridge.adapters.borders.values import is_sound
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.import_bodies import texts_of
from tillbridge.adapters.messages.import_requests import read_import_message
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.messages.reconcile import read_trigger
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.import_messages import Ask, BatchMessage, PageMessage
from tillbridge.domain.web_product import WebProduct
from tillbridge.set_aside import SetAside
from tillbridge.usecases.import_products.route_message import RouteDeps
from tillbridge.usecases.reconcile.start_runs import StartDeps
from tillbridge.usecases.record_changes import IntakeDeps

DEMO = StoreId("demo")
_LONGEST_LAG_MS = 15 * 86_400_000


def golden(name: str) -> dict[str, Any]:
    """Return the first record of a golden event."""
    event = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    record: dict[str, Any] = event["Records"][0]
    return record


class Objects:
    """S3 with one object."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def get_object(self, **_: str) -> dict[str, Any]:
        return {"Body": io.BytesIO(self._body)}


class Intake:
    """The handler of intake over fakes, and what became of its messages."""

    def __init__(self, claim: bytes = b"") -> None:
        self.world = World(connection=a_connection(DEMO))
        self.dead = FakeDeadLetters()
        claims = partial(read_claim, Objects(claim), frozenset({"ours"}))
        self._deps = IntakeDeps(
            read=partial(read_message, read_claim=claims, own_account=OWN_ACCOUNT),
            parts=FakeParts(),
            pending=self.world.pending,
            link_requests=self.world.link_requests,
            jobs=FakeJobs(),
            stores=self.world.stores,
            signals=self.world.signals,
            order_signals=self.world.order_signals,
            dead_letters=self.dead,
            clock=self.world.clock,
        )

    def takes(self, *bodies: str) -> list[str]:
        """Hand a batch over, and return the ids of the messages that come back."""
        app = importlib.import_module("functions.intake.app")
        like = golden("intake.product.saved")
        records = [{**like, "messageId": f"m-{n}", "body": b} for n, b in enumerate(bodies)]
        aside = SetAside(self.dead, FakeBegun())
        with (
            mock.patch.object(app, "intake_dependencies", return_value=self._deps),
            mock.patch.object(app, "intake_set_aside", return_value=aside),
        ):
            answer = app.handler({"Records": records}, Context())
        return [each["itemIdentifier"] for each in answer["batchItemFailures"]]

    def sound(self) -> bool:
        """Return whether all that was kept can be kept, and measures delays that can be."""
        now = self.world.clock.now_ms()
        return all(
            is_sound((row.product, row.version, row.order))
            and 0 <= now - row.queued_ms < _LONGEST_LAG_MS
            for row in self.world.pending.rows
        ) and all(0 < len(reason) <= 1_000 for _, reason in self.dead.letters)


def _good(number: int) -> str:
    return str(golden("intake.product.saved")["body"]).replace("p-1003", f"good-{number}")


def between_good_ones(intake: Intake, odd: str) -> None:
    assert intake.takes(_good(1), odd, _good(2)) == []
    marked = {row.product for row in intake.world.pending.rows}
    assert {"good-1", "good-2"} <= marked
    assert DEMO in intake.world.signals.signalled
    assert intake.sound()


INTAKE = [
    "intake.product.saved",
    "intake.sale.completed",
    "intake.push.requested",
    "intake.claim-part.product.imported",
    "intake.wake",
]
ORDERS = ["intake.order.requested"]
LINKS = ["intake.link.requested", "intake.unlink.requested", "intake.undo.requested"]


def _events_cross(names: Sequence[str], odd: bytes) -> int:
    tried = 0
    for name in names:
        document = json.loads(golden(name)["body"])
        for place in places_in(document):
            between_good_ones(Intake(), as_text(with_odd(document, place, odd)))
            tried += 1
    between_good_ones(Intake(), as_text(odd))
    return tried + 1


def events_cross(odd: bytes) -> int:
    """Take in events and wakes with an odd thing in each place of them."""
    return _events_cross(INTAKE, odd)


def links_cross(odd: bytes) -> int:
    """Take in requests about links with an odd thing in each place of them."""
    return _events_cross(LINKS, odd)


def orders_cross(odd: bytes) -> int:
    """Take in requests about web orders with an odd thing in each place of them."""
    return _events_cross(ORDERS, odd)


def claims_cross(odd: bytes) -> int:
    """Take in claim checks of which a line, or the event itself, is odd."""
    line = {"product_id": "p-1", "version": 1}
    lines = [with_odd(line, place, odd) for place in places_in(line)] + [odd]
    for raw in lines:
        good = json.dumps(line).encode()
        for claim in (good + b"\n" + raw + b"\n", gzip.compress(raw + b"\n" + good)):
            event = claim_event(claim, 2)
            between_good_ones(Intake(claim), json.dumps(event))
    claim = json.dumps(line).encode()
    event = claim_event(claim, 1)
    places = [place for place in places_in(event) if place[:2] == ("detail", "data")]
    for place in places:
        between_good_ones(Intake(claim), as_text(with_odd(event, place, odd)))
    return 2 * len(lines) + len(places)


def claim_event(raw: bytes, count: int) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(golden("intake.product.saved")["body"])
    event["detail"]["data"] = {
        "dataref": "s3://ours/list",
        "dataref_sha256": hashlib.sha256(raw).hexdigest(),
        "product_count": count,
    }
    return event


# --- import --------------------------------------------------------------------------------------


class Import:
    """The handler of import over fakes."""

    def __init__(self) -> None:
        self.world = ImportWorld(connection=a_connection(DEMO))
        self.dead = FakeDeadLetters()

    def takes(self, queue: str, *bodies: str) -> list[str]:
        """Hand messages of a queue over, and return the ids of those that come back."""
        app = importlib.import_module("functions.import.app")
        like = golden("import.page" if queue == "imports" else "import.import.requested")
        records = [{**like, "messageId": f"m-{n}", "body": b} for n, b in enumerate(bodies)]
        deps = RouteDeps(
            partial(read_import_message, own_account=OWN_ACCOUNT),
            self.world.import_deps,
            self.dead,
            FakeJobs(),
        )
        aside = SetAside(self.dead, FakeBegun())
        with (
            mock.patch.object(app, "import_dependencies", return_value=deps),
            mock.patch.object(app, "import_set_aside", return_value=aside),
        ):
            answer = app.handler({"Records": records}, Context())
        return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def import_requests_cross(odd: bytes) -> int:
    """Ask for imports with an odd request between two good ones."""
    good = golden("import.import.requested")["body"]
    document = json.loads(good)
    places = list(places_in(document))
    for place in places:
        imported("requests", good, as_text(with_odd(document, place, odd)))
    return len(places)


def imported(queue: str, good: str, odd: str) -> None:
    shop = Import()
    assert shop.takes(queue, good, odd, good) == []
    waiting = [message for message in shop.world.queue.waiting if message.store == DEMO]
    assert len(waiting) >= 2
    assert all(map(is_sound, waiting))
    assert all(0 < len(reason) <= 1_000 for _, reason in shop.dead.letters)


def import_messages_cross(odd: bytes) -> int:
    """Hand over messages of our own with an odd thing in them, and delayed ones."""
    page = json.loads(texts_of(PageMessage("r", DEMO, Ask(category="Lamps")))[0])
    product = WebProduct(StoreProductId(7), "Lamp")
    batch = json.loads(texts_of(BatchMessage("r", DEMO, (product,)))[0])
    good = texts_of(PageMessage("r", DEMO, Ask()))[0]
    later: Callable[[str], str] = lambda text: f'{{"later": {json.dumps(text)}}}'  # noqa: E731 - a name for one line
    tried = 0
    for document in (page, batch):
        for place in places_in(document):
            imported("requests", later(good), later(as_text(with_odd(document, place, odd))))
            tried += 1
    inner = json.loads(zlib.decompress(base64.b64decode(batch["products"])))
    for place in places_in(inner):
        packed = base64.b64encode(zlib.compress(with_odd(inner, place, odd))).decode()
        imported("requests", later(good), later(json.dumps({**batch, "products": packed})))
        tried += 1
    return tried


# --- reconcile -----------------------------------------------------------------------------------


def reconcile_requests_cross(odd: bytes) -> int:
    """Ask for runs with an odd request between two good ones."""
    event = json.loads((EVENTS / "reconcile.reconcile.requested.json").read_text(encoding="utf-8"))
    places = [place for place in places_in(event) if place[0] == "detail"]
    for place in places:
        try:
            asked = json.loads(as_text(with_odd(event, place, odd)))
        except (ValueError, RecursionError):
            continue  # Lambda hands over no event that is not JSON
        shop, dead = ReconcileWorld(connection=a_connection(DEMO)), FakeDeadLetters()
        read = partial(read_trigger, own_account=OWN_ACCOUNT)
        stores = FakeStoreList(shop.stores, shop.runs)
        start = StartDeps(read, shop.stores, stores, shop.queue, dead)
        app = importlib.import_module("functions.reconcile.app")
        with mock.patch.object(app, "reconcile_start_dependencies", return_value=start):
            for each in (event, asked, event):
                app.handler(each, Context())
        assert len(shop.queue.sent) >= 2, place
        assert all(0 < len(reason) <= 1_000 for _, reason in dead.letters), place
    return len(places)
