"""Verify reads a POS of any kind through the POS's own API (cli/verify/pos_reader.py)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from cli.sides import compare
from cli.verify import pos_reader
from cli.verify.model import Json, PosSide
from cli.verify.pos_reader import PosApi, open_pos
from cli.verify.reading import Reader, ReadFailedError
from tests.builders import a_pos_account
from tillbridge.domain.pos_account import PosKind

RECORD: Json = {"id": "p-1", "name": "Lamp"}


def _all(_: Reader) -> dict[str, Json]:
    return {"p-1": RECORD}


def _some(_: Reader, ids: Iterable[str]) -> dict[str, Json]:
    return {each: RECORD for each in ids if each == "p-1"}


def test_a_kind_is_read_by_what_reads_that_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[PosSide] = []

    def opened(pos: PosSide) -> Reader:
        asked.append(pos)
        return Reader("POS", pos.base_url, {})

    monkeypatch.setattr(pos_reader, "OF_KIND", {"till": PosApi(opened, _all, _some)})
    side = PosSide("https://till.example", "t", "till")
    with open_pos(side) as reader:
        assert reader.all_records() == {"p-1": RECORD}
        assert reader.records_of(["p-1", "p-2"]) == {"p-1": RECORD}
    assert asked == [side]


def test_a_kind_that_nobody_can_read_is_said_before_anything_is_compared() -> None:
    with (
        pytest.raises(ReadFailedError, match="cannot read a POS of the kind 'till'"),
        open_pos(PosSide("https://till.example", "t", "till")),
    ):
        raise AssertionError("nothing was opened")


def test_verify_is_told_the_kind_of_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "pos_token", lambda *_: "t")
    nowhere: Any = None
    account = replace(a_pos_account(), kind=PosKind.LIGHTSPEED_X)
    assert compare.pos_side(nowhere, account).kind == "lightspeed-x"
    assert compare.pos_side(nowhere, a_pos_account()).kind == "contract"
