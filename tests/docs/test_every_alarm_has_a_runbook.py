"""An alarm that rings at night says where to read what to do, and that is there."""

import re
from pathlib import Path

import pytest

from sandbox.aws.package import load_template
from tests.template.rules.reading import of_type

ROOT = Path(__file__).parents[2]
ALARMS = of_type(load_template(ROOT / "template.yaml"), "AWS::CloudWatch::Alarm")
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\n\n((?:(?!#).*\n)+)", PAGE, re.MULTILINE))


def test_every_alarm_has_a_section_and_every_section_an_alarm() -> None:
    assert sorted(SECTIONS) == sorted(ALARMS)


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_says_what_is_wrong_and_where_to_read_what_to_do(name: str) -> None:
    words = ALARMS[name]["AlarmDescription"]
    assert words.endswith(f" docs/operations.md#{name.lower()}")
    assert len(words) <= 1_024, "CloudWatch takes no longer description"


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_a_runbook_says_what_to_look_at_or_to_do(name: str) -> None:
    assert re.search(r"`tillbridge |\blog\b|Service Quotas|reason|Look as for", SECTIONS[name]), (
        name
    )
