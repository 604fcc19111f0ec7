"""HTML as an editor may store it: it reads the same, but the text differs."""

import re

SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def tidied(html: str) -> str:
    """Return HTML without scripts and outer blanks, its line breaks closed."""
    return BREAK.sub("<br />", SCRIPT.sub("", html)).strip()
