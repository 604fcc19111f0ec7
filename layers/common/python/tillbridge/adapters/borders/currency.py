"""The currency that a record of either side names."""

_LONGEST = 8


def currency_of(record: object) -> str:
    """Return the currency of a record in capitals, '' if it names none."""
    code = record.get("currency") if isinstance(record, dict) else None
    return code.strip().upper()[:_LONGEST] if isinstance(code, str) else ""
