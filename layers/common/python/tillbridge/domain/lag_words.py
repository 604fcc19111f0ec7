"""Times that something took, as people say them."""


def in_words(seconds: float) -> str:
    """Return a time as people say it: 0.4 s, 12 s, 3.5 min, 42 min, 2 h, 3 days."""
    if seconds < 10:
        return f"{max(0.0, seconds):.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7_200:
        return f"{_short(seconds / 60)} min"
    return f"{_short(seconds / 3_600)} h" if seconds < 172_800 else f"{seconds / 86_400:.0f} days"


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}".removesuffix(".0")
