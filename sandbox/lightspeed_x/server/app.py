"""The account as an ASGI application, with the control routes of its shop beside it."""

from starlette.applications import Starlette
from starlette.types import ASGIApp

from sandbox.lightspeed_x.server.api_routes import lightspeed_routes
from sandbox.lightspeed_x.server.cutting import with_cutter
from sandbox.lightspeed_x.state.account import Account
from sandbox.pos.control_routes import control_routes


def lightspeed_app(account: Account) -> ASGIApp:
    """Return the vendor's API with the control routes of the account and of its shop."""
    routes = [*lightspeed_routes(account), *control_routes(account.cloud)]
    return with_cutter(Starlette(routes=routes))
