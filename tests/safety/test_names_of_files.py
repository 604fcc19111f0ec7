"""What a test or a person once left behind is not committed: a file's name is one that somebody gave it."""

import re

from tests.safety.secrets import tracked


def test_every_file_has_a_plain_name() -> None:
    assert [name for name in tracked() if not re.fullmatch(r"(?!\d+$)[A-Za-z0-9_./-]+", name)] == []
