"""Why a call was refused."""

from pydantic import BaseModel


class Wrong(BaseModel):
    """One value that is not as it should be: where it was sent, and what is wrong with it."""

    place: str
    kind: str


class Problem(BaseModel):
    """Why a call was refused (RFC 9457): `code` is for programs, `detail` for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fields: list[Wrong]
