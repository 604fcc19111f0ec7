"""Dead letters on their page: who reads them, who decides, and what stays as it is."""

import json

import pytest

from tests.console.catalogue import HOSTILE, SHOP
from tests.console.shop import OLIVIA, SAM, Shop
from tests.console.visits import S, Seen, visit
from tests.fakes.dead_letter_boxes import FakeDeadLetterBoxes
from tillbridge.domain.dead_letters import Box
from tillbridge.domain.people import Person, Role

EVENT = json.dumps(
    {"detail-type": "product.saved", "detail": {"metadata": {"store_id": SHOP}}},
    separators=(",", ":"),
)
MIA = Person("https://issuer", "9", "Mia", {SHOP: Role.OWNER})


@pytest.fixture
def boxes(shop: Shop) -> FakeDeadLetterBoxes:
    found = shop.deps.dead_letters
    assert isinstance(found, FakeDeadLetterBoxes)
    return found


def receipts(seen: Seen) -> list[str]:
    return seen.values('input[name="shown"]', "value")


def decide(shop: Shop, way: str, page: Seen, person: Person = OLIVIA, **form: str) -> str:
    fields = {"shown": receipts(page), **{name: [value] for name, value in form.items()}}
    sent = visit(shop, f"{S}/letters/{way}", method="POST", person=person, form=fields)
    return sent.answer.location


def test_it_says_what_it_is_why_it_is_there_and_since_when(
    shop: Shop, boxes: FakeDeadLetterBoxes
) -> None:
    boxes.put(
        Box.POS_EVENTS, EVENT, "data.products: Field required.", sent_ms=shop.clock.now - 120_000
    )
    page = visit(shop, f"{S}/letters")
    for words in (
        "1 dead letter",
        "product.saved",
        "data.products: Field required.",
        "2 min ago",
        "received 6 times",
        f'"store_id": "{SHOP}"',
    ):
        assert words in page.text


def test_staff_read_and_only_owners_decide(shop: Shop, boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.POS_EVENTS, EVENT)
    page = visit(shop, f"{S}/letters", person=SAM)
    assert "product.saved" in page.text
    assert "Send again" not in page.text
    assert "Discard" not in page.text
    assert set(page.values("[formaction]", "formaction")) == {f"{S}/letters/look"}


def test_sent_again_by_its_own_button_the_others_are_there_for_all(
    shop: Shop, boxes: FakeDeadLetterBoxes
) -> None:
    for number in range(3):
        boxes.put(Box.POS_EVENTS, EVENT.replace("saved", f"saved{number}"), sent_ms=number + 1)
    page = visit(shop, f"{S}/letters")
    assert decide(shop, "again", page, one="1", tick="2") == f"{S}/letters?said=sent"
    assert [body for _, body, _ in boxes.sent] == [EVENT.replace("saved", "saved1")]
    assert len(receipts(visit(shop, f"{S}/letters", said="sent"))) == 2


def test_what_is_ticked_is_discarded(shop: Shop, boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.POS_EVENTS, EVENT)
    boxes.put(Box.WAKES, json.dumps({"store_id": SHOP}))
    page = visit(shop, f"{S}/letters")
    assert decide(shop, "discard", page, tick="0") == f"{S}/letters?said=discarded"
    assert boxes.left(Box.POS_EVENTS) == []
    assert len(boxes.left(Box.WAKES)) == 1


def test_nothing_ticked_does_nothing_and_hides_nothing(
    shop: Shop, boxes: FakeDeadLetterBoxes
) -> None:
    boxes.put(Box.POS_EVENTS, EVENT)
    page = visit(shop, f"{S}/letters")
    assert decide(shop, "discard", page) == f"{S}/letters?said=none_ticked"
    assert len(receipts(visit(shop, f"{S}/letters"))) == 1


def test_after_two_minutes_nothing_is_done(shop: Shop, boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.POS_EVENTS, EVENT)
    page = visit(shop, f"{S}/letters")
    fields = {"shown": receipts(page), "one": ["0"]}
    for way in ("again", "discard"):
        late = visit(
            shop,
            f"{S}/letters/{way}",
            method="POST",
            form=fields,
            now_ms=shop.clock.now + 120_000,
        )
        assert late.answer.location == f"{S}/letters?said=too_late"
    assert (boxes.sent, boxes.left(Box.POS_EVENTS)) == ([], [EVENT])


@pytest.mark.parametrize("way", ["again", "discard"])
def test_a_receipt_is_of_one_person_store_and_queue_and_of_nobody_who_made_it_up(
    way: str, shop: Shop, boxes: FakeDeadLetterBoxes
) -> None:
    boxes.put(Box.POS_EVENTS, EVENT)
    page = visit(shop, f"{S}/letters")
    assert decide(shop, way, page, MIA, one="0").endswith("too_late")
    (receipt,) = receipts(page)
    values, _, signature = receipt.partition(".")
    for forged in (f"{values[:-1]}.{signature}", f"{values}.", "", "x.y", "ü.ü", f"{receipt}0"):
        fields = {"shown": [forged], "one": ["0"]}
        sent = visit(shop, f"{S}/letters/{way}", method="POST", form=fields)
        assert sent.answer.location.endswith("too_late")
    elsewhere = visit(
        shop, f"/stores/quay/letters/{way}", method="POST", form={"shown": [receipt], "one": ["0"]}
    )
    assert elsewhere.answer.location.endswith("too_late")
    assert (boxes.sent, boxes.left(Box.POS_EVENTS)) == ([], [EVENT])


def test_what_a_colleague_took_meanwhile_is_told(shop: Shop, boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.POS_EVENTS, EVENT)
    page = visit(shop, f"{S}/letters")
    assert decide(shop, "discard", page, one="0").endswith("discarded")
    assert decide(shop, "again", page, one="0").endswith("said=missed")


def test_look_again_shows_what_this_page_has_read(shop: Shop, boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.POS_EVENTS, EVENT)
    page = visit(shop, f"{S}/letters")
    assert "No dead letter" in visit(shop, f"{S}/letters").text
    assert decide(shop, "look", page, SAM) == f"{S}/letters"
    assert "No dead letter" in visit(shop, f"{S}/letters").text
    decide(shop, "look", page)
    page = visit(shop, f"{S}/letters")
    assert "1 dead letter" in page.text
    assert decide(shop, "look", page, leave="1") == f"{S}/problems"
    assert "1 dead letter" in visit(shop, f"{S}/letters", person=SAM).text


def test_those_of_no_store_are_on_a_page_of_their_own(
    shop: Shop, boxes: FakeDeadLetterBoxes
) -> None:
    boxes.put(Box.POS_EVENTS, "{not json", "It is not JSON.")
    boxes.put(Box.POS_EVENTS, EVENT.replace(SHOP, "closed-shop"))
    assert "No dead letter" in visit(shop, f"{S}/letters").text
    page = visit(shop, "/letters")
    assert "{not json" in page.text
    assert "closed-shop , which is not connected" in page.text
    fields = {"shown": receipts(page), "tick": ["0", "1"]}
    sent = visit(shop, "/letters/discard", method="POST", form=fields)
    assert sent.answer.location == "/letters?said=discarded"
    assert boxes.left(Box.POS_EVENTS) == []


def test_a_queue_that_does_not_answer_is_named(shop: Shop, boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.POS_EVENTS, EVENT)
    boxes.silent = {Box.IMPORTS, Box.RECONCILE}
    page = visit(shop, f"{S}/letters")
    assert "“Batches of imports” does not answer" in page.text
    assert "1 dead letter" in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_dead_letter_says_is_text(text: str, shop: Shop, boxes: FakeDeadLetterBoxes) -> None:
    body = json.dumps({"detail-type": text, "store_id": SHOP}, ensure_ascii=False)
    boxes.put(Box.POS_EVENTS, body, text)
    page = visit(shop, f"{S}/letters")
    assert page.texts("bdi")[-1] == " ".join(text.split())
    assert not page.tree.select("pre *, bdi *")


def test_a_hundred_of_a_megabyte_are_a_page_that_can_be_read(
    shop: Shop, boxes: FakeDeadLetterBoxes
) -> None:
    body = json.dumps({"store_id": SHOP, "x": "&" * 2**20})
    for _ in range(100):
        boxes.put(Box.POS_EVENTS, body)
    page = visit(shop, f"{S}/letters")
    assert "25 dead letters, and more" in page.text
    assert "more characters" in page.text
    assert len(page.answer.body) < 25 * 25_000
