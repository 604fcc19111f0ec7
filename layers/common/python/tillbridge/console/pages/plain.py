"""The pages of people who are not signed in, and of troubles that are no store's."""

from urllib.parse import urlencode

from tillbridge.console.render import plain

_NOT_FOUND, _FORBIDDEN, _SIGNED_OUT = 404, 403, 401


def sign_in_page(to: str) -> str:
    """Return the page that asks a person to sign in; `to`: the path of ours where they want to go."""
    return plain(
        "plain_door.html",
        title="Tillbridge",
        words="Products, stock and prices of the shop, in step with the web store.",
        href=f"/sign-in?{urlencode({'to': to})}",
        link="Sign in",
        meta="You sign in where your shop keeps its accounts. Tillbridge sees no password.",
    )


def trouble_page(status: int, title: str, words: str, retry_s: int = 0) -> str:
    """Return the page of a trouble; `retry_s`: after how many seconds it is worth another try, 0 unknown."""
    signed_out = status == _SIGNED_OUT
    lost = status in (_NOT_FOUND, _FORBIDDEN)
    return plain(
        "plain_door.html",
        title=title,
        words=words,
        href="/sign-in?to=%2F" if signed_out else "/",
        link="Sign in" if signed_out else "To the stores" if lost else "Try again",
        meta=f"It is worth another try in {retry_s} s." if retry_s else "",
    )
