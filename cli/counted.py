"""Numbers with their nouns."""


def counted(number: int, thing: str) -> str:
    """Return a number with its noun: "1 product", "1,200 products", "2 batches"."""
    if number == 1:
        return f"{number} {thing}"
    return (
        f"{number:,} {thing}es"
        if thing.endswith(("ch", "sh", "x", "s"))
        else f"{number:,} {thing}s"
    )
