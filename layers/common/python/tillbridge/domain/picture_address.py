"""Which picture an address names. An address that is signed for a while changes at every read, and
names the same picture all the while."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_SIGNATURES = frozenset({"x-amz-signature", "x-goog-signature", "signature", "sig"})
"""The parameters that hold the signature itself: Amazon S3 (version 4; version 2 and CloudFront say
`Signature`), Google Cloud Storage and Azure. Without one of them an address is not signed."""

_SIGNED_FOR = frozenset(
    {
        *_SIGNATURES,
        *("awsaccesskeyid", "expires", "key-pair-id", "policy", "hash-algorithm", "googleaccessid"),
        *("sv", "ss", "srt", "sr", "sp", "st", "se", "spr", "sip"),  # Azure, any signature
        *("skoid", "sktid", "skt", "ske", "sks", "skv"),  # Azure, a signature of a user
    }
)
_SIGNED_FOR_FROM = ("x-amz-", "x-goog-")


def picture_of(url: str) -> str:
    """Return what is the same for every address of one picture: the address without its signature,
    and without what was signed for whom and until when. Any other parameter names another picture."""
    try:
        parts = urlsplit(url)
        said = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url  # what nobody can read is only like itself
    if not any(name.lower() in _SIGNATURES for name, _ in said):
        return url
    kept = [(name, value) for name, value in said if not _is_signature(name.lower())]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _is_signature(name: str) -> bool:
    return name in _SIGNED_FOR or name.startswith(_SIGNED_FOR_FROM)
