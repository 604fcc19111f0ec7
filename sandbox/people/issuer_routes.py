"""The issuer over HTTP."""

from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.people.directory import PEOPLE
from sandbox.people.issuer import Issuer, RefusedError

_STYLE = "body{font:18px/1.5 system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem}button{font:inherit;width:100%;padding:.7rem;margin:.3rem 0;text-align:left}"


def create_app(issuer: Issuer) -> Starlette:
    """Return the issuer's application."""
    pages = _Pages(issuer)
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", pages.discovery),
            Route("/jwks.json", pages.jwks),
            Route("/authorize", pages.authorize),
            Route("/choose", pages.choose, methods=["POST"]),
            Route("/token", pages.token, methods=["POST"]),
        ]
    )


class _Pages:
    def __init__(self, issuer: Issuer) -> None:
        self._issuer = issuer

    async def discovery(self, _: Request) -> Response:
        return JSONResponse(self._issuer.discovery())

    async def jwks(self, _: Request) -> Response:
        return JSONResponse(self._issuer.jwks())

    async def authorize(self, request: Request) -> Response:
        try:
            ticket = self._issuer.begin(_single(request.query_params.multi_items()))
        except RefusedError as refused:
            if not refused.told:
                return _refused_page(refused)
            said = {"error": refused.error, "error_description": str(refused)}
            if state := request.query_params.get("state"):
                said["state"] = state
            return self._back(said)
        return HTMLResponse(_page(_buttons(ticket)))

    async def choose(self, request: Request) -> Response:
        try:
            form = await _form(request)
            code, state = self._issuer.choose(form.get("ticket", ""), form.get("who", ""))
        except RefusedError as refused:
            return _refused_page(refused)
        return self._back({"code": code, "state": state})

    async def token(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            return JSONResponse(self._issuer.trade(await _form(request)), headers=headers)
        except RefusedError as refused:
            said = {"error": refused.error, "error_description": str(refused)}
            status = 401 if refused.error == "invalid_client" else 400
            return JSONResponse(said, status_code=status, headers=headers)

    def _back(self, said: dict[str, str]) -> Response:
        return RedirectResponse(f"{self._issuer.redirect_uri}?{urlencode(said)}", status_code=303)


async def _form(request: Request) -> dict[str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError("invalid_request", "Send a form.")
    return _single(parse_qsl((await request.body()).decode(errors="replace")))


def _refused_page(refused: RefusedError) -> Response:
    return HTMLResponse(_page(f"<p>{escape(str(refused))}</p>"), status_code=400)


def _single(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Return parameters by name. Raise RefusedError for one that is given twice (RFC 6749, 3.1)."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RefusedError("invalid_request", "A parameter is given twice.")
    return found


def _buttons(ticket: str) -> str:
    buttons = "".join(
        f'<button name="who" value="{escape(each.key)}">{escape(each.name)}, {escape(each.words)}</button>'
        for each in PEOPLE.values()
    )
    hidden = f'<input type="hidden" name="ticket" value="{escape(ticket)}">'
    return f'<form method="post" action="/choose">{hidden}{buttons}</form>'


def _page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Who are you?</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>Who are you?</h1>{body}</main></body></html>"
    )
