"""How many functions run at once, how long, and of what there is never more than one."""

from pathlib import Path

import pytest

from tests.template.rules.functions import most_at_once
from tests.template.rules.reading import Template, functions
from tillbridge.usecases.delete_leftovers import A_SLICE_MS
from tillbridge.usecases.sweep import LONGEST_MS


def test_one_drain_at_a_time_takes_one_signal_at_a_time(template: Template) -> None:
    event = functions(template)["PushFunction"]["Events"]["StoreWork"]["Properties"]
    assert event["BatchSize"] == 1
    assert "MaximumConcurrency" in event["ScalingConfig"]


def test_two_sweeps_never_meet_and_one_ends_in_its_time(template: Template) -> None:
    timeout_s = functions(template)["SweepFunction"]["Timeout"]
    assert LONGEST_MS / 1_000 + 60 <= timeout_s < 300
    assert timeout_s >= (LONGEST_MS + A_SLICE_MS) / 1_000 + 30, "what it deletes comes last"


def test_one_store_is_told_of_at_a_time(template: Template) -> None:
    event = functions(template)["OrdersFunction"]["Events"]["Orders"]["Properties"]
    assert event["BatchSize"] == 1
    assert event["Queue"] == {"Fn::GetAtt": ["OrdersQueue", "Arn"]}


def test_a_stores_runs_stand_in_one_line(template: Template) -> None:
    event = functions(template)["ReconcileFunction"]["Events"]["Lines"]["Properties"]
    assert event["BatchSize"] == 1
    assert event["Queue"] == {"Fn::GetAtt": ["ReconcileQueue", "Arn"]}


@pytest.mark.parametrize(
    ("push", "small", "most"), [(200, False, 440), (700, False, 940), (200, True, 18)]
)
def test_the_queues_together_run_as_many_functions_as_the_page_says(
    push: int, small: bool, most: int, template: Template, repository: Path
) -> None:
    assert most_at_once(template, push, small=small) == most
    said = " ".join((repository / "docs/deploying.md").read_text().split())
    assert str(most) in said.partition("## How much runs at once")[2].partition("## ")[0]
