"""The page about the sandbox account names everything there is, and nothing else."""

import re
from pathlib import Path

import pytest

from sandbox.lightspeed_x.lab.control import Control
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.hazards import HazardPlan
from sandbox.lightspeed_x.state.hook_book import HookPlan
from sandbox.pos.cloud import PosCloud
from sandbox.pos.publisher import ListPublisher


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "sandbox-lightspeed.md").read_text(encoding="utf-8")


def rows(part: str) -> list[str]:
    return re.findall(r"^\| `?([\w-]+)`? \|", part, re.MULTILINE)


def test_the_page_lists_exactly_the_actions_there_are(page: str) -> None:
    actions = Control(Account(PosCloud(ListPublisher(), ()))).actions()
    listed = [name for name in rows(page.split("## Control")[1]) if name != "action"]
    assert sorted(listed) == sorted(actions)


@pytest.mark.parametrize("name", [*HazardPlan.model_fields, *HookPlan.model_fields])
def test_the_page_names_every_hazard(page: str, name: str) -> None:
    assert f"`{name}`" in page.split("## Control")[1]


def test_every_fact_is_listed_and_has_a_test(page: str) -> None:
    facts = [int(name) for name in rows(page.split("## Facts")[1]) if name.isdigit()]
    tested: set[int] = set()
    for file in Path(__file__).parent.glob("test_*.py"):
        cited = re.match(r'"""Facts? ([\d, and]+):', file.read_text(encoding="utf-8"))
        tested |= {int(number) for number in re.findall(r"\d+", cited[1])} if cited else set()
    assert facts == sorted(tested) == list(range(1, 17))
