"""What earlier releases saved and sent is read by today's code, and a shape that they could not read has a version
above theirs."""

import pytest

from tests.released.kinds import KINDS, Kind
from tests.released.messages import messages_of, read, written
from tests.released.rows import coming, releases, rows_of, shapes
from tillbridge.adapters.dynamodb.attributes import SHAPE, Item, is_newer
from tillbridge.domain.errors import SavedByNewer

BY_NAME = {kind.name: kind for kind in KINDS}
ROWS = [
    pytest.param(BY_NAME[name], item, id=f"{release} {name} {place}")
    for release in releases()
    for name, items in rows_of(release).items()
    for place, item in enumerate(items)
]
MESSAGES = [
    pytest.param(kind, body, id=f"{release} {kind}")
    for release in releases()
    for kind, body in messages_of(release).items()
]


def test_every_kind_of_rows_is_in_the_coming_release() -> None:
    assert set(rows_of(coming())) == set(BY_NAME)


@pytest.mark.parametrize(("kind", "item"), ROWS)
def test_a_row_of_a_release_is_read(kind: Kind, item: Item) -> None:
    assert not is_newer(item)
    kind.read(item)
    kind.read({name: value for name, value in item.items() if name != "v"})  # of the first version


@pytest.mark.parametrize(("kind", "item"), ROWS)
def test_a_row_of_a_release_after_this_one_is_refused(kind: Kind, item: Item) -> None:
    newer = {**item, "v": {"N": str(SHAPE + 1)}}
    with pytest.raises((SavedByNewer, ValueError, StopIteration)):
        kind.read(newer)


@pytest.mark.parametrize("release", releases())
def test_a_shape_that_a_release_cannot_read_has_a_higher_version(release: str) -> None:
    """An attribute that was always there, and is there no longer, or with another type, is one of these."""
    for name, items in rows_of(release).items():
        always = set.intersection(*(shapes([item]) for item in items))
        for now in rows_of(coming()).get(name, ()):
            same_version = now["v"] == items[0]["v"]
            gone = sorted(always - shapes([now]))
            assert not (same_version and gone), f"{name}: raise its version, {gone} would be missed"


@pytest.mark.parametrize(("kind", "body"), MESSAGES)
def test_a_message_of_a_release_says_the_same_today(kind: str, body: str) -> None:
    assert read(kind, body) == read(kind, written()[kind])


def test_the_messages_of_the_coming_release_are_as_they_are_written() -> None:
    """Where this fails for a reason, and older functions read the change as well: `make released`."""
    assert messages_of(coming()) == written()


@pytest.mark.parametrize("release", releases())
def test_what_some_rows_lack_may_be_absent_from_any(release: str) -> None:
    for name, items in rows_of(release).items():
        always = {attribute for attribute, _ in set.intersection(*(shapes([i]) for i in items))}
        for item in items:
            for absent in item.keys() - always:
                BY_NAME[name].read({key: value for key, value in item.items() if key != absent})
