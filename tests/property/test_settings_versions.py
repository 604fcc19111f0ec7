"""Whoever changes settings, over whatever they saw: no change is lost unsaid, what holds already is no change, and the
versions tell how it came."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import STORE, a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.stores import FakeStores
from tillbridge.domain.settings_versions import KEPT, SettingsChanged
from tillbridge.domain.settings_words import as_words
from tillbridge.usecases.change_settings import Kept, change_settings

_VALUES = {
    "price": ["off", "manual", "on"],
    "safety_stock": ["0", "2", "learned:4"],
    "outlets": ["", "o-1", "o-1,o-2"],
}
_WORDS = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in _VALUES.items()}
)
_STEPS = st.lists(st.tuples(st.integers(0, 3), _WORDS), max_size=25)
"""How many versions ago each person looked, and what they then set."""


@given(_STEPS)
def test_a_change_is_a_version_or_is_refused_with_who_was_quicker(
    steps: list[tuple[int, dict[str, str]]],
) -> None:
    stores = FakeStores([a_connection()])
    deps = Kept(stores, FakeSettingsVersions(stores), FakeClock())
    saved = 0
    for number, (ago, words) in enumerate(steps):
        before = stores.find(STORE)
        assert before is not None
        seen = max(0, before.settings_version - ago)
        holds = words.items() <= as_words(before.settings).items()
        if seen < before.settings_version and not holds:
            with pytest.raises(SettingsChanged, match="meanwhile"):
                change_settings(deps, STORE, f"person {number}", seen, words)
            assert stores.find(STORE) == before
            continue
        after = change_settings(deps, STORE, f"person {number}", seen, words)
        assert as_words(after.settings) == {**as_words(before.settings), **words}
        saved += after != before
    there = stores.find(STORE)
    versions = list(deps.settings.of(STORE))
    assert there is not None
    assert there.settings_version == saved
    assert len(versions) == (min(saved + 1, KEPT) if saved else 0)
    for newer, older in pairwise(versions):
        assert newer.number == older.number + 1
        changed = {each.name: each.after for each in newer.changes}
        assert newer.words == {**older.words, **changed}
    assert not versions or versions[0].words == as_words(there.settings)
