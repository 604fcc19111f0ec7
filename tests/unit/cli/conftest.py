"""What the tests of the command line share."""

from collections.abc import Iterator

import pytest

from cli.notices import notices


@pytest.fixture(autouse=True)
def _no_notice_stays() -> Iterator[None]:
    """Forget what a command noticed: its process would be over, and the next test's command prints it."""
    yield
    notices.clear()
