"""A page of a list."""

from datetime import datetime

from pydantic import BaseModel


class Listed(BaseModel):
    """A page of a list. `after`, `before`: what the next page, and the one before, are asked with; "" where
    there is none. `as_of`: as of when it is true."""

    after: str = ""
    before: str = ""
    as_of: datetime | None = None
