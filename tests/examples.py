"""How many examples a property takes where Hypothesis's own 100 do not fit."""

from hypothesis import settings

_THOROUGH = 20


def examples(usual: int) -> int:
    """Return `usual`, or 20 times that many in the profile `thorough` (tests/conftest.py)."""
    thorough = settings.get_current_profile_name() == "thorough"
    return usual * _THOROUGH if thorough else usual
