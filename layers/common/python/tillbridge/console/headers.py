"""The headers of every answer to a browser."""

from collections.abc import Mapping

from tillbridge.usecases.console.entry import EntryDeps

_YEAR_S = 31_536_000


def page_headers(entry: EntryDeps) -> Mapping[str, str]:
    """Return what a browser is told of each page: run nothing but our own files, show it in no frame, keep no
    copy. A form may end at the issuer, because a redirect counts, and a session may be over."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; "
        f"connect-src 'self'; form-action 'self' {entry.issuer_origin}; frame-ancestors 'none'; "
        "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    common = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-store",
    }
    return common | ({"strict-transport-security": f"max-age={_YEAR_S}"} if entry.secure else {})
