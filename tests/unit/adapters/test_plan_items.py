"""A plan of a request comes back as it was kept: every field, of whatever is in it."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import STORE
from tillbridge.adapters.dynamodb.plan_items import packed, unpacked
from tillbridge.domain.request_plan import PlannedProduct, RequestPlan, Warned
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import RowState

LAMP = PlannedProduct("p-1", "Lamp \U0001f4a1", "107", "name_taken", "Rename one.")
PLAN = RequestPlan(
    id="01KAJ8Z3M000000000000000P0",
    store=STORE,
    do=Do.RETRY,
    selection=Selection(
        "web", ("7", "8"), Question("lamp", RowState.FAILED, "name_taken"), frozenset({"9"})
    ),
    by="mina",
    made_ms=1_700_000_000_000,
    creates=1,
    updates=2,
    left_out_count=3,
    left_out=(LAMP, PlannedProduct("p-2", "")),
    warned=(Warned("name_taken", "Taken.", (LAMP,)),),
    notes=("One.", "Two."),
    first=(LAMP,),
    calls=4,
    seconds=5,
    job="01KAJ8Z3M000000000000000J0",
    asked=True,
    undoes="01KAJ8Z3M000000000000000J1",
    fields=("price", "name"),
)
"""A plan none of whose fields is as it is by default."""


@pytest.mark.parametrize("name", [field.name for field in fields(RequestPlan)])
def test_every_field_of_a_plan_is_kept(name: str) -> None:
    least = RequestPlan("", STORE, Do.PUSH, Selection(""), "", 0)
    known = getattr(PLAN, name)
    assert name == "store" or known != getattr(least, name)
    kept = getattr(unpacked(packed(PLAN)), name)
    assert kept == known
    assert type(kept) is type(known)


def test_what_is_in_a_plan_keeps_its_kinds() -> None:
    selection = unpacked(packed(PLAN)).selection
    assert isinstance(selection.without, frozenset)
    assert isinstance(selection.ids, tuple)
    assert selection.question
    assert isinstance(selection.question.state, RowState)


@given(st.from_type(RequestPlan))
def test_any_plan_comes_back_as_it_was(plan: RequestPlan) -> None:
    assert unpacked(packed(plan)) == plan
