"""What the API takes: what requests of several subjects share."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from tillbridge.domain.view_rows import RowState

ID = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}"
"""The pattern of the id of a plan or a job."""


CAUSE = r"[a-z][a-z0-9_]{0,63}"
"""The pattern of the code of a cause."""


TROUBLED = (RowState.FAILED, RowState.BROKEN, RowState.LEFT_OUT)
"""The statuses whose products have a cause."""


LONGEST_CURSOR = 4_000


LONGEST_SEARCH = 200


type ProductId = Annotated[str, Field(min_length=1, max_length=255)]


type FieldName = Annotated[str, Field(min_length=1, max_length=60)]


type GivenId = Annotated[str, Field(pattern=f"^{ID}$")]


class Taken(BaseModel):
    """What a caller sends: a name that is not known is refused, for it may have been meant to narrow."""

    model_config = ConfigDict(extra="forbid")


class Question(Taken):
    """What a list is asked: a search, a status, or both; neither is every product. `cause`: of those that are
    failed, broken or left out, only the products with this code."""

    text: Annotated[str, Field(max_length=LONGEST_SEARCH)] = ""
    status: RowState | None = None
    cause: Annotated[str, Field(pattern=f"^({CAUSE})?$")] = ""

    @model_validator(mode="after")
    def _of_a_status(self) -> Self:
        if self.cause and self.status not in TROUBLED:
            raise PydanticCustomError("cause_needs_status", "name failed, broken or left_out")
        return self


class Pair(Taken):
    """A POS product and the BigCommerce product that it is to be linked to."""

    pos: ProductId
    web: Annotated[StrictInt, Field(ge=1, le=2**53)]


class Select(Taken):
    """Which products: `ids`; or all that fit `query`, but those in `without`; or `pairs`, to link. Ids
    are the POS's, and for an import BigCommerce's."""

    ids: Annotated[list[ProductId], Field(min_length=1)] | None = None
    query: Question | None = None
    without: list[ProductId] = []
    pairs: Annotated[list[Pair], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.ids, self.query, self.pairs)) != 1:
            raise PydanticCustomError("one_of_ids_query_pairs", "name ids, query or pairs")
        if self.without and self.query is None:
            raise PydanticCustomError("without_needs_query", "without goes with query")
        return self


def is_number(product: str) -> bool:
    """Return whether a text is the number of a BigCommerce product, as it is written everywhere."""
    return product.isascii() and product.isdecimal() and 0 < len(product) < 16 and product[0] != "0"


class Nothing(Taken):
    """A call that needs no more than its address."""
