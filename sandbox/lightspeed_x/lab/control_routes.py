"""`/_control/lightspeed/{action}`: control of the account over HTTP. Not part of the vendor's API."""

from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.lightspeed_x.lab.control import Control
from sandbox.lightspeed_x.state.account import Account
from sandbox.pos.problems import answer, invalid, problem

_OBJECT = TypeAdapter(dict[str, Any])


def account_routes(account: Account) -> list[BaseRoute]:
    """Return the control routes: each action of `Control`, its arguments in the body."""
    actions = Control(account).actions()

    async def act(request: Request) -> Response:
        name = request.path_params["action"]
        if name not in actions:
            return problem(404, "unknown_action", f"Actions: {', '.join(actions)}.")
        raw = await request.body()
        try:
            arguments = _OBJECT.validate_json(raw) if raw else {}
            return answer(await run_in_threadpool(actions[name], **arguments))
        except ValidationError as error:
            return invalid(error)
        except (TypeError, KeyError) as error:
            return problem(422, "wrong_arguments", str(error))

    return [Route("/_control/lightspeed/{action}", act, methods=["GET", "POST"])]
