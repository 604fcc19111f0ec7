"""Every cause has words, a remedy, somebody whose turn it is, and what can be asked for."""

import re

import pytest

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.causes import DOES, LEFT_OUT, Cause, Whose, cause_of
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.problem_words import WHILE_TRIED, ProblemCode
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import POS, WEB, RowState
from tillbridge.ports.imports import Outcome

TROUBLED = (RowState.FAILED, RowState.BROKEN, RowState.LEFT_OUT)
EVERY = [
    *(cause_of(RowState.FAILED, code) for code in ProblemCode),
    *(cause_of(RowState.LEFT_OUT, code) for code in LEFT_OUT),
    *(cause_of(state, code) for state in TROUBLED for code in ("", "of_a_later_release")),
    cause_of(RowState.BROKEN, ProblemCode.DELETED_ONLINE),
]


def test_no_code_is_without_what_can_be_asked_for() -> None:
    assert set(DOES) == set(ProblemCode)


@pytest.mark.parametrize("kind", ["offered", "refused", "failed"])
def test_every_outcome_that_leaves_a_product_out_has_words(kind: str) -> None:
    assert Outcome(StoreProductId(1), kind).left_out
    assert kind in LEFT_OUT


@pytest.mark.parametrize("code", [*ProblemCode, *AttentionCode])
def test_every_code_says_what_is_wrong_and_what_to_do(code: ProblemCode) -> None:
    assert code.meaning.wrong
    assert code.meaning.remedy
    assert code.meaning.words


@pytest.mark.parametrize("cause", EVERY, ids=lambda each: f"{each.state} {each.code}")
def test_every_cause_can_be_told(cause: Cause) -> None:
    assert cause.wrong
    assert cause.remedy
    assert not re.search(r"[{}]|[.]$", cause.wrong + cause.remedy)
    assert cause.does or cause.whose is Whose.NOBODYS
    wanted = {Do.IMPORT} if cause.state is RowState.LEFT_OUT else {Do.RETRY, Do.PUSH, Do.UNLINK}
    assert set(cause.does) <= wanted


def test_what_is_still_tried_is_tillbridges_turn_and_what_is_left_is_nobodys() -> None:
    turns = {code: cause_of(RowState.FAILED, code).whose for code in ProblemCode}
    assert {code for code, whose in turns.items() if whose is Whose.OURS} == WHILE_TRIED
    assert {code for code, whose in turns.items() if whose is Whose.NOBODYS} == {
        ProblemCode.DELETED_IN_POS
    }


def test_a_broken_link_is_told_as_that_whatever_was_wrong_before() -> None:
    broken = cause_of(RowState.BROKEN, ProblemCode.KEEPS_FAILING)
    assert broken.wrong == ProblemCode.DELETED_ONLINE.meaning.wrong
    assert (broken.whose, broken.does) == (Whose.YOURS, (Do.PUSH, Do.UNLINK))


def test_what_an_import_left_out_is_of_the_web_and_only_its_faults_are_a_persons_turn() -> None:
    assert {cause_of(RowState.LEFT_OUT, code).side for code in LEFT_OUT} == {WEB}
    assert cause_of(RowState.FAILED, "clash").side == POS
    yours = {c for c in LEFT_OUT if cause_of(RowState.LEFT_OUT, c).whose is Whose.YOURS}
    assert yours == {"failed"}
