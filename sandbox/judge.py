"""What stands out in a file that the sandbox POS imports, in the breaker's words."""

from collections.abc import Iterable

from sandbox.pos.glances import Seen
from tillbridge.domain.plausibility import Glance, worth_a_look


def judge(changes: Iterable[tuple[Seen | None, Seen]]) -> str:
    """Return what stands out in words; '' when nothing does."""
    return worth_a_look(
        (None if before is None else Glance(*before), Glance(*after)) for before, after in changes
    )
