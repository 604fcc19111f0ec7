"""The page about the sandbox store names everything there is, and nothing else."""

import re
from pathlib import Path

from sandbox.bigcommerce.state.hazards import PARAMETERS


def test_the_page_lists_exactly_the_hazards_there_are(repository: Path) -> None:
    page = (repository / "docs" / "sandbox-store.md").read_text()
    table = page.split("## Hazards")[1].split("## Looking in")[0]
    assert set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) == PARAMETERS.keys()
