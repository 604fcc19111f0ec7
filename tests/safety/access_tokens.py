"""The kind of secret that this project is about, which detect-secrets does not know: the access token of a store or a
POS, whose letters are too few to look random."""

import re

from detect_secrets.plugins.base import RegexBasedDetector


class AccessTokenDetector(RegexBasedDetector):
    """A quoted text of 20 or more letters and digits, both among them, that is called a token or goes into
    X-Auth-Token."""

    secret_type = "Access Token"
    denylist = (
        re.compile(
            r"(?:access|auth|pos|store)[_-]?token[\"']?\s*[:=]\s*[\"']?"
            r"(?=[a-z0-9]*[0-9])(?=[a-z0-9]*[a-z])([a-z0-9]{20,})\b",
            re.IGNORECASE,
        ),
    )
