"""Odd things, as JSON in which they stand. What stands there is bytes, because some of it is no
text; each may come in the place of any value of any record, event or answer."""

DEEP = 12_000
"""Deeper than Python's parser goes."""

ODD_THINGS: dict[str, bytes] = {
    # texts
    "half of an emoji": b'"Lamp \\ud83d"',
    "the other half": b'"\\ude00 Lamp"',
    "both halves the wrong way round": b'"\\ude00\\ud83d"',
    "half of an emoji in bytes": b'"Lamp \xed\xa0\xbd"',
    "a byte of another encoding": b'"Caf\xe9"',
    "an overlong byte": b'"\xc0\x80"',
    "NUL": b'"Lamp\\u0000"',
    "NUL as a byte": b'"Lamp\x00"',
    "a line break that nobody escaped": b'"Lamp\nbig"',
    "an escape character": b'"\\u001b[2J"',
    "a mark that turns the direction": b'"\\u202egnal"',
    "a whole emoji": b'"\\ud83c\\udf75"',
    "no character at all": b'"\\uffff"',
    "a blank text": b'""',
    "a text of blanks": b'"   "',
    "a text of 100,000 characters": b'"' + b"x" * 100_000 + b'"',
    "an entity of half an emoji": b'"&#xD83D; &#55357;"',
    # numbers
    "1e999999": b"1e999999",
    "1e999999 as a text": b'"1e999999"',
    "-1e999999": b"-1e999999",
    "1e-999999": b"1e-999999",
    "an exponent that no Decimal takes": b"1e99999999999999999999",
    "a scanned code that reads as a number": b'"7E1234567"',
    "5,000 digits": b"9" * 5_000,
    "5,000 digits as a text": b'"' + b"9" * 5_000 + b'"',
    "5,000 digits after the point": b"0." + b"3" * 5_000,
    "NaN": b"NaN",
    "NaN as a text": b'"NaN"',
    "signalling NaN as a text": b'"sNaN"',
    "Infinity": b"Infinity",
    "Infinity as a text": b'"-Infinity"',
    "0 with an exponent": b'"0E+999999"',
    "2^63": b"9223372036854775808",
    "-1": b"-1",
    "1.5": b"1.5",
    "a number with an underscore": b'"1_000"',
    "digits of another script": b'"\xd9\xa3"',
    # other kinds
    "null": b"null",
    "true": b"true",
    "false": b"false",
    "an empty list": b"[]",
    "an empty object": b"{}",
    "a list of nulls": b"[null, null]",
    "a list of lists": b"[[[1]]]",
    "an object with a broken key": b'{"\\ud83d": "\\ud83d"}',
    "lists nested 12,000 deep": b"[" * DEEP + b"]" * DEEP,
    "objects nested 12,000 deep": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "lists nested 5,000 deep": b"[" * 5_000 + b"]" * 5_000,
    # dates
    "the year 1 with an offset": b'"0001-01-01T00:00:00+14:00"',
    "the year 9999 with an offset": b'"9999-12-31T23:59:59-14:00"',
    "the year 0": b'"0000-00-00T00:00:00Z"',
    "the year 10000": b'"10000-01-01T00:00:00Z"',
    "a date without a year": b'"--11-21"',
    "a date without a zone": b'"2026-11-21T12:00:00"',
    "a leap second": b'"2026-12-31T23:59:60Z"',
    # addresses
    "an address that is none": b'"s3://[claims/x"',
    "an address with marks": b'"s3://claims//a b#c?d"',
}
"""Each by the name that people would give it."""
