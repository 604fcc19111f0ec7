"""Stores that are connected, and tokens, which no answer repeats."""

from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from tillbridge.console.api.models.listed import Listed
from tillbridge.console.api.models.taken import Taken
from tillbridge.console.claims import STORE


class NewToken(Taken):
    """An access token of BigCommerce. No answer and no log repeats it."""

    token: Annotated[str, Field(min_length=1, max_length=500, repr=False)]


class NewPos(Taken):
    """A POS that is new here: where its API is, its token, and who puts its events on the bus."""

    address: Annotated[str, Field(max_length=500)]
    access_token: Annotated[str, Field(max_length=1_000)]
    sender: Annotated[str, Field(max_length=280)]


class NewStore(Taken):
    """A store to be connected to a POS account that is known (`pos`), or to a `new_pos`."""

    name: Annotated[str, Field(max_length=64)]
    store_hash: Annotated[str, Field(max_length=64)]
    access_token: Annotated[str, Field(max_length=1_000)]
    pos: Annotated[str, Field(max_length=128)] = ""
    new_pos: NewPos | None = None

    @model_validator(mode="after")
    def _one_pos(self) -> Self:
        if bool(self.pos) == (self.new_pos is not None):
            raise PydanticCustomError("one_of_pos_new_pos", "name pos or new_pos")
        return self


class Scope(BaseModel):
    """What a token may. `there`: null where only a push shows it."""

    name: str
    there: bool | None
    words: str


class ConnectedStore(BaseModel):
    """A store that is connected; `anew`: by this call, and not by one before. `scopes`: where they were asked."""

    id: Annotated[str, Field(pattern=f"^{STORE}$")]
    anew: bool
    scopes: list[Scope]


class Scopes(Listed):
    """What a token may, scope by scope."""

    data: list[Scope]
