"""What concerns every family of an account, done in as many slices as it takes: a large shop's are no slice's work."""

from collections.abc import Callable

from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.ids import PosProductId
from tillbridge.usecases.poll_pos.session import PollSession
from tillbridge.usecases.poll_pos.settle import AT_ONCE, tell


def through_families(
    poll: PollSession, work: str, change: Callable[[KeptFamily], KeptFamily | None]
) -> bool:
    """Put and tell what `change` makes of each family, None of one that stays as it is. Return whether it came to the
    last one. Else the poll goes on at once, and the next slice begins behind the place that the state keeps by the name
    of the `work`. Killed, it goes on from the place that was kept last: `change` must bear to be made twice."""
    place, changed = poll.state.places.get(work), list[KeptFamily]()
    for kept in poll.deps.mirror.families(poll.key, place):
        if poll.is_over():
            _put(poll, changed)
            _keep(poll, work, place)
            poll.record.goes_on = True
            return False
        if (new := change(kept)) is not None:
            changed.append(new)
        place = kept.family.id
        if len(changed) == AT_ONCE:
            _put(poll, changed)
            _keep(poll, work, place)
            changed = []
    _put(poll, changed)
    poll.begin_again(work)
    return True


def _put(poll: PollSession, changed: list[KeptFamily]) -> None:
    if changed:
        poll.record.families += len(poll.deps.mirror.put(poll.key, changed))
        tell(poll)


def _keep(poll: PollSession, work: str, place: PosProductId | None) -> None:
    if place is not None:
        poll.note(places={**poll.state.places, work: place})
        poll.keep()
