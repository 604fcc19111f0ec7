"""Times that something took, as people say them."""


def in_words(seconds: float) -> str:
    """Return a time as people say it: 0.4 s, 12 s, 3.5 min, 2.0 h, 3 days."""
    if seconds < 10:
        return f"{max(0.0, seconds):.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7_200:
        return f"{seconds / 60:.1f} min"
    return f"{seconds / 3_600:.1f} h" if seconds < 172_800 else f"{seconds / 86_400:.0f} days"
