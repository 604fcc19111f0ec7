"""Find the bad items of a batch by halving it, when what was raised does not say which they are."""

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

    def alone(item: T, error: Exception) -> None:
        assert isinstance(error, on)
        refused(item, error)

    halved(items, call, alone, lambda error: isinstance(error, on))


def halved[T](
    items: Sequence[T],
    work: Callable[[Sequence[T]], object],
    guilty: Callable[[T, Exception], None],
    of_one: Callable[[Exception], bool],
) -> None:
    """Do `work` as `bisect` makes its call, halving whatever one item may have caused
    (`of_one`)."""
    if not items:
        return
    try:
        work(items)
    except Exception as error:  # `of_one` says which are meant; the others go on their way
        if not of_one(error):
            raise
        if len(items) == 1:
            guilty(items[0], error)
            return
        middle = len(items) // 2
        halved(items[:middle], work, guilty, of_one)
        halved(items[middle:], work, guilty, of_one)
