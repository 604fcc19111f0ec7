"""Who is let in: hash, token, suspension, quota, path, scope and media types, in that order."""

from dataclasses import dataclass

from sandbox.bigcommerce.calls.call import Answer, Operation
from sandbox.bigcommerce.calls.errors import Refusal, not_allowed, not_found, refuse
from sandbox.bigcommerce.server.routing import ROUTES, Match
from sandbox.bigcommerce.state.config import WEB_STAFF
from sandbox.bigcommerce.state.store import Store

JSON_TYPES = ("application/json", "application/*", "*/*")
HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Knock:
    """A call at the door."""

    agent: str
    method: str
    store_hash: str
    version: str
    path: str
    headers: dict[str, str]


def admit(store: Store, knock: Knock, match: Match | None) -> Operation:
    """Return the operation a call may run. Raises Refusal for every reason it may not."""
    _identify(store, knock)
    _spend(store, knock)
    if match is None:
        raise not_found("The route is not found, check the URL", knock.path)
    operation = match.operations.get(knock.method)
    if operation is None:
        raise not_allowed()
    _check_scope(store, knock, operation)
    _check_media(knock)
    return operation


def find(knock: Knock) -> Match | None:
    """Return where a call leads, None for a path that is not documented."""
    return ROUTES.match(knock.version, knock.path)


def _identify(store: Store, knock: Knock) -> None:
    def strikes(name: str) -> bool:
        hit = store.hazards.strikes(name, knock.method, knock.path, knock.agent)
        return hit is not None

    if knock.store_hash != store.config.store_hash:
        raise not_found("The store was not found", knock.path)
    token = knock.headers.get("x-auth-token")
    if token != store.config.token or strikes("token-dead"):
        raise Refusal(401, "Unauthorized", "text/plain")
    if strikes("suspended"):
        raise refuse(503, "The store is suspended")


def _spend(store: Store, knock: Knock) -> None:
    hazards = store.hazards
    if hazards.strikes("quota-bare", knock.method, knock.path, knock.agent):
        raise Refusal(429, "", "text/html")
    if knock.agent == WEB_STAFF:
        # People in the control panel spend nothing of the API's quota.
        return
    forced = hazards.strikes("quota-headers", knock.method, knock.path, knock.agent)
    if forced or not store.quota.take(knock.agent):
        raise refuse(429, "Too many requests")


def _check_scope(store: Store, knock: Knock, operation: Operation) -> None:
    scope = operation.scope
    if not scope:
        return
    hazard = store.hazards.get("scope-missing")
    if hazard is not None and hazard.params.get("scope", scope) == scope:
        hit = store.hazards.strikes("scope-missing", knock.method, knock.path, knock.agent)
    else:
        hit = None
    if hit is not None or scope not in store.config.scopes:
        raise refuse(403, "You don't have a required scope to access the endpoint")


def _check_media(knock: Knock) -> None:
    accepted = knock.headers.get("accept", "*/*")
    if not any(kind in accepted for kind in JSON_TYPES):
        raise refuse(406, "Not Acceptable")
    if knock.method in ("POST", "PUT"):
        given = knock.headers.get("content-type", "")
        if given.startswith("multipart/") and knock.path.endswith("/images"):
            raise refuse(422, "image_url must be present if uploading by url")
        if not given.startswith("application/json"):
            raise Refusal(415, HTML.format("415 Unsupported Media Type"), "text/html")


def server_error(store: Store, knock: Knock) -> Answer | None:
    """Return the HTML of a broken gateway if the hazard strikes."""
    hazard = store.hazards.strikes("server-error", knock.method, knock.path, knock.agent)
    if hazard is None:
        return None
    status = int(hazard.params.get("status", store.random.choice((500, 502, 503, 504))))
    return Answer(status, HTML.format(f"{status} Server Error"), {}, "text/html")
