"""Admission: hash, token, suspension, quota, path, scope and media types, in that order."""

from dataclasses import dataclass

from sandbox.bigcommerce.calls.call import Answer, Operation
from sandbox.bigcommerce.calls.errors import Refusal, not_allowed, not_found, refuse
from sandbox.bigcommerce.server.routing import ROUTES, Match
from sandbox.bigcommerce.state.config import WEB_STAFF
from sandbox.bigcommerce.state.store import Store
from sandbox.bigcommerce.state.tokens import may

JSON_TYPES = ("application/json", "application/*", "*/*")
HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """A call before it is admitted."""

    agent: str
    method: str
    store_hash: str
    version: str
    path: str
    headers: dict[str, str]


def admit(store: Store, incoming: IncomingCall, match: Match | None) -> Operation:
    """Return the operation that a call may run. Raises Refusal if it may not."""
    _identify(store, incoming)
    _spend(store, incoming)
    if match is None:
        raise not_found("The route is not found, check the URL", incoming.path)
    operation = match.operations.get(incoming.method)
    if operation is None:
        raise not_allowed()
    _check_scope(store, incoming, operation)
    _check_media(incoming)
    return operation


def find(incoming: IncomingCall) -> Match | None:
    """Return the match of a call's path, None if the path is not documented."""
    return ROUTES.match(incoming.version, incoming.path)


def scopes_of(store: Store, incoming: IncomingCall) -> frozenset[str] | None:
    """Return the scopes of the token that came with a call, None if no API account has it."""
    return store.tokens.get(incoming.headers.get("x-auth-token", ""))


def _identify(store: Store, incoming: IncomingCall) -> None:
    def strikes(name: str) -> bool:
        hit = store.hazards.strikes(name, incoming.method, incoming.path, incoming.agent)
        return hit is not None

    if incoming.store_hash != store.config.store_hash:
        raise not_found("The store was not found", incoming.path)
    if scopes_of(store, incoming) is None or strikes("token-dead"):
        raise Refusal(401, "Unauthorized", "text/plain")
    if strikes("suspended"):
        raise refuse(503, "The store is suspended")


def _spend(store: Store, incoming: IncomingCall) -> None:
    hazards = store.hazards
    if hazards.strikes("quota-bare", incoming.method, incoming.path, incoming.agent):
        raise Refusal(429, "", "text/html")
    if incoming.agent == WEB_STAFF:
        # The web staff work in the control panel, outside the API's quota.
        return
    forced = hazards.strikes("quota-headers", incoming.method, incoming.path, incoming.agent)
    if forced or not store.quota.take(incoming.agent):
        raise refuse(429, "Too many requests")


def _check_scope(store: Store, incoming: IncomingCall, operation: Operation) -> None:
    scope = operation.scope
    if not scope:
        return
    hazard = store.hazards.get("scope-missing")
    if hazard is not None and hazard.params.get("scope", scope) == scope:
        hit = store.hazards.strikes("scope-missing", incoming.method, incoming.path, incoming.agent)
    else:
        hit = None
    scopes = scopes_of(store, incoming) or frozenset()
    if hit is not None or not may(scopes, scope, incoming.method):
        raise refuse(403, "You don't have a required scope to access the endpoint")


def _check_media(incoming: IncomingCall) -> None:
    accepted = incoming.headers.get("accept", "*/*")
    if not any(kind in accepted for kind in JSON_TYPES):
        raise refuse(406, "Not Acceptable")
    if incoming.method in ("POST", "PUT"):
        given = incoming.headers.get("content-type", "")
        if given.startswith("multipart/") and incoming.path.endswith("/images"):
            raise refuse(422, "image_url must be present if uploading by url")
        if not given.startswith("application/json"):
            raise Refusal(415, HTML.format("415 Unsupported Media Type"), "text/html")


def server_error(store: Store, incoming: IncomingCall) -> Answer | None:
    """Return the HTML of a broken gateway if the hazard strikes."""
    hazard = store.hazards.strikes("server-error", incoming.method, incoming.path, incoming.agent)
    if hazard is None:
        return None
    status = int(hazard.params.get("status", store.random.choice((500, 502, 503, 504))))
    return gateway_error(status)


def gateway_error(status: int) -> Answer:
    """Return the HTML of a broken gateway."""
    return Answer(status, HTML.format(f"{status} Server Error"), {}, "text/html")
