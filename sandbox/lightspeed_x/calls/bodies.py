"""Bodies by shape; what the shape does not know is refused, which is the harsher reading."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from sandbox.lightspeed_x.calls.call import Call
from sandbox.lightspeed_x.calls.refusal import invalid


class Shape(BaseModel):
    """The base of all bodies: nothing is coerced, nothing unknown is taken."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _number(value: object) -> object:
    """Return a JSON number as a Decimal; a text is none."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise ValueError("is a JSON number")


Number = Annotated[
    Decimal, BeforeValidator(_number), Field(decimal_places=5, max_digits=20, allow_inf_nan=False)
]
"""A JSON number of at most five decimals (fact 15)."""
Amount = Annotated[Number, Field(ge=0)]
"""A price, a cost, a weight or a size."""


def body_of[Body: Shape](call: Call, kind: type[Body]) -> Body:
    """Return the body of a call. Raises Refusal 400 or 422."""
    return shaped(call.json(kind.model_fields), kind)


def shaped[Body: Shape](value: dict[str, Any], kind: type[Body]) -> Body:
    """Return a value as its shape. Raises Refusal 422, naming the first field that is wrong."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in found["loc"])
        raise invalid(f"{where}: {found['msg']}") from error
