"""docs/glossary.md has every word that the code shows people. Fields have a page of their own
(`test_fields.py`)."""

from pathlib import Path

from tillbridge.domain.connection import PushContent, StoreState
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.lanes import POS_TRIGGERS, PUSH_REQUESTED, Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.web_orders.entry import LaneState


def _glossary(repository: Path) -> str:
    return (repository / "docs" / "glossary.md").read_text()


def test_every_status_state_mode_lane_and_trigger_is_explained(repository: Path) -> None:
    page = _glossary(repository)
    words = [*LinkStatus, *StoreState, *Mode, *PushContent, *Lane]
    words += [*POS_TRIGGERS, PUSH_REQUESTED, *LaneState]
    assert [word for word in words if f"`{word}`" not in page] == []
