"""A token of the local world's issuer, for the API of its console."""

import base64
import hashlib
import re
import secrets
from urllib.parse import parse_qs, urlsplit

from cli.cannot_run import CannotRun
from cli.deployment.target import Target
from sandbox.people.directory import PEOPLE
from tillbridge.adapters.http import new_http_session

_SECONDS = 10
_TICKET = re.compile(r'name="ticket" value="([^"]+)"')


def local_token(target: Target, who: str) -> str:
    """Return a token of one of the local world's people, for an hour. Raise CannotRun for a deployed stack,
    whose issuer gives its own people tokens, and for somebody whom nobody knows."""
    if who not in PEOPLE:
        raise CannotRun(f"Nobody here is called '{who}'. There are {', '.join(PEOPLE)}.")
    function = target.outputs.get("console_function_name")
    if target.endpoint_url is None or not function:
        raise CannotRun("This works in the local world. Elsewhere your issuer gives out tokens.")
    found = target.client("lambda").get_function_configuration(FunctionName=function)
    known = found["Environment"]["Variables"]
    issuer, back = known["CONSOLE_ISSUER"], f"{known['CONSOLE_URL']}/sign-in/back"
    verifier = secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    http = new_http_session()
    page = http.get(
        f"{issuer}/authorize",
        params={
            "response_type": "code",
            "client_id": known["CONSOLE_CLIENT_ID"],
            "redirect_uri": back,
            "scope": "openid profile",
            "state": "cli",
            "code_challenge": challenge.decode().rstrip("="),
            "code_challenge_method": "S256",
        },
        timeout=_SECONDS,
    )
    choice = {"ticket": ticket_of(page.text), "who": who}
    chosen = http.post(f"{issuer}/choose", data=choice, timeout=_SECONDS)
    traded = http.post(
        f"{issuer}/token",
        data={
            "grant_type": "authorization_code",
            "code": parse_qs(urlsplit(chosen.headers["location"]).query)["code"][0],
            "redirect_uri": back,
            "client_id": known["CONSOLE_CLIENT_ID"],
            "code_verifier": verifier,
        },
        timeout=_SECONDS,
    )
    return str(traded.json()["access_token"])


def ticket_of(page: str) -> str:
    """Return the ticket on the page where the local world's people choose who they are. Raise CannotRun for
    another page."""
    ticket = _TICKET.search(page)
    if ticket is None:
        raise CannotRun("The issuer of the local world does not answer as it should.")
    return ticket[1]
