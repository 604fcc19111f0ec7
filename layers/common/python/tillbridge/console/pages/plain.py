"""The pages of the way in and of trouble."""

from html import escape
from urllib.parse import quote


def sign_in_page(to: str) -> str:
    """Return the page that offers to sign in, and to go on to `to` then, a path of the console."""
    link = f"/sign-in?to={quote(to, safe='')}"
    return _page("Sign in", f'<p><a href="{escape(link)}">Sign in</a></p>')


def trouble_page(status: int, title: str, words: str, retry_s: int = 0) -> str:
    """Return the page that says what is wrong and what to do; `retry_s`: seconds until trying again may help,
    0 when it does not."""
    again = f"<p>Try again in {retry_s} seconds.</p>" if retry_s else ""
    return _page(
        f"{title} ({status})", f'<p>{escape(words)}</p>{again}<p><a href="/">Tillbridge</a></p>'
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} - Tillbridge</title></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
