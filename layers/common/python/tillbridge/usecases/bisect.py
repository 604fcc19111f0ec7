"""Find the bad items of a batch by halving it, when a refusal does not say which they are."""

from collections.abc import Callable, Sequence


def bisect[T, E: Exception](
    items: Sequence[T],
    call: Callable[[Sequence[T]], object],
    refused: Callable[[T, E], None],
    *,
    on: type[E],
) -> None:
    """Call `call` with all `items`; while it raises `on`, with ever smaller halves of them, until
    each bad item stands alone and is handed to `refused`. Let every other exception through.

    One bad item among n costs at most 2·⌈log2 n⌉ further calls. Items that were taken before the
    refusal are sent again: `call` must be idempotent."""
    if not items:
        return
    try:
        call(items)
    except on as refusal:
        if len(items) == 1:
            refused(items[0], refusal)
            return
        middle = len(items) // 2
        bisect(items[:middle], call, refused, on=on)
        bisect(items[middle:], call, refused, on=on)
