"""The pages in a process of the test's own: a server that turns a request into a visit, under the policy that
the console's function sends, with a shop behind it that is made up."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from tests.console.catalogue import NOW_MS, SHOP
from tests.console.shop import OLIVIA, Shop
from tillbridge.console.pages.plain import trouble_page
from tillbridge.console.routes import ROUTES
from tillbridge.console.static_files import static_file
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
TOKEN = "form-token"
KEYS = (b"k" * 32,)
COLOURS = ("#b5713a", "#7b9aa8", "#a8533f", "#6d8f5e", "#8c6a8e", "#c9a24a")
SHAPES = (
    '<rect x="11" y="10" width="14" height="9" rx="2"/><path d="M12 19v9M24 19v9" stroke-width="2"/>',
    '<path d="M13 12h10l3 14H10Z"/>',
    '<rect x="11" y="11" width="13" height="16" rx="3"/><path fill="none" stroke-width="2" d="M24 15h4v7h-4"/>',
    '<circle cx="18" cy="18" r="8"/>',
    '<rect x="9" y="9" width="18" height="18" rx="2"/>',
)


@dataclass
class Served:
    """The shop that is served, and who looks at it."""

    shop: Shop
    person: Person = OLIVIA
    stores: tuple[StoreId, ...] = (SHOP,)
    address: str = ""
    posted: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    plain: dict[str, str] = field(default_factory=dict)


def picture(name: str) -> str:
    """Return a small drawing, another for each name; 'MUG-ENM' has none, to see what then stands there."""
    at = sum(map(ord, name))
    colour, shape = COLOURS[at % len(COLOURS)], SHAPES[at % len(SHAPES)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">'
        f'<rect width="36" height="36" fill="#efe9e0"/><rect width="36" height="36" fill="{colour}" opacity=".18"/>'
        f'<g fill="{colour}" stroke="{colour}">{shape}</g></svg>'
    )


class Handler(BaseHTTPRequestHandler):
    """Answers one request; `served` is set by `serving`."""

    served: ClassVar[Served]

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def _answer(self, method: str) -> None:
        url = urlsplit(self.path)
        if found := re.fullmatch(r"/static/(\w+)/([\w.]+)", url.path):
            file = static_file(*found.groups())
            self._send(404 if file is None else 200, *(file or ("text/plain", b"")))
            return
        if url.path.startswith("/pictures/"):
            missing = "MUG" in url.path or "CSH" in url.path
            content = b"" if missing else picture(url.path).encode()
            self._send(404 if missing else 200, "image/svg+xml", content)
            return
        if url.path in self.served.plain:
            self._send(200, "text/html; charset=utf-8", self.served.plain[url.path].encode())
            return
        length = int(self.headers.get("Content-Length", 0))
        body = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        answer = self._page(method, url.path, parse_qs(url.query), body)
        headers = {**answer.headers}
        if answer.location:
            headers["Location"] = answer.location
        self._send(answer.status, answer.content_type, answer.body.encode(), headers)

    def _page(
        self, method: str, path: str, query: dict[str, list[str]], form: dict[str, list[str]]
    ) -> Answer:
        if method == "POST":
            self.served.posted.append((path, form))
            if form.get("token") != [TOKEN]:
                return Answer(trouble_page(403, "Not sent from here", "No token."), 403)
        for route in ROUTES:
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.path)
            match = re.fullmatch(pattern, path)
            if route.method != method or match is None:
                continue
            values = {key: unquote(unquote(each)) for key, each in match.groupdict().items()}
            store = StoreId(values.get("store", ""))
            if route.right and not self.served.person.may(route.right, store):
                return Answer(trouble_page(403, "Not for you", "Ask the owner."), 403)
            visit = Visit(
                self.served.person,
                store,
                values,
                query,
                form,
                {key.lower(): value for key, value in self.headers.items()},
                self.path,
                TOKEN,
                self.served.stores,
                NOW_MS,
                KEYS,
            )
            return route.handler(visit, self.served.shop.deps)
        return Answer(trouble_page(404, "Not found", "No such page."), 404)

    def _send(
        self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if status != 304:
            self.wfile.write(body)


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """Serve the pages on a free port of this machine, and yield their address."""
    handler = type("ServedHandler", (Handler,), {"served": served})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield served.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
