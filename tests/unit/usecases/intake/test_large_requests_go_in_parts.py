"""More than two hundred products go on in parts of a hundred."""

from dataclasses import replace

from tests.builders import A_PERSON, OWN_ACCOUNT, STORE, THE_POS
from tests.unit.usecases.intake.messages import Intake, no_claims
from tillbridge.adapters.messages.event_parts import body_of
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.domain.events import Event
from tillbridge.domain.events import parts as cut
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.usecases.record_changes import record_changes


def test_an_event_of_more_than_two_hundred_products_goes_on_in_parts_of_a_hundred() -> None:
    intake = Intake()
    large = Event(
        "e-9",
        STORE,
        "product.imported",
        1_000,
        tuple((PosProductId(f"p-{n}"), n) for n in range(201)),
        sender=THE_POS,
    )
    deps = replace(intake.deps, read=lambda _: large)
    record_changes(["large"], deps)
    assert not intake.pending.rows
    assert [len(part.products) for part in intake.parts.sent] == [100, 100, 1]
    assert [(part.total, part.offset) for part in intake.parts.sent] == [
        (201, 0),
        (201, 100),
        (201, 200),
    ]


def test_the_parts_of_a_large_import_are_bulk_work_in_their_order() -> None:
    intake = Intake()
    asked = Event(
        "asked-0000000000001",
        STORE,
        "push.requested",
        1_000,
        tuple((PosProductId(f"p-{n}"), 0) for n in range(250)),
        sender=A_PERSON,
    )
    parts = {body_of(part): part for part in cut(asked)}
    deps = replace(intake.deps, read=lambda body: read_message(body, no_claims, OWN_ACCOUNT))
    record_changes(parts, deps)
    record_changes(list(parts)[:1], deps)  # a part that arrives twice
    rows = intake.pending.due(STORE, Lane.BULK, intake.clock.now_ms(), 300)
    assert [row.product for row in rows] == [f"p-{n}" for n in range(250)]
