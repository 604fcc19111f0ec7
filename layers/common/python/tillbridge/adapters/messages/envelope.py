"""What every event of the bus shares (contracts/events), and what is wrong with one, in words."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from tillbridge.domain.events import LONGEST_ID

MOST_PRODUCTS = 200
"""Products that one event may name itself; more go by claim check."""

type StoreName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
type ProductId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
"""A POS product's id."""

type StoreProductNumber = Annotated[int, Field(ge=1, le=2**53 - 1)]
"""A BigCommerce product's id, as far as JSON carries whole numbers exactly."""


class Metadata(BaseModel):
    """Who says what to which store, and when."""

    event_id: Annotated[str, Field(min_length=16, max_length=64)]
    schema_version: Annotated[str, Field(pattern=r"^1\.[0-9]+$")]
    store_id: StoreName
    occurred_at: AwareDatetime


class Detail(BaseModel):
    """The event itself; what `data` holds depends on its type."""

    metadata: Metadata
    data: dict[str, Any]


class Envelope(BaseModel):
    """An event as EventBridge delivers it."""

    detail_type: Annotated[str, Field(alias="detail-type")]
    detail: Detail


def words(problem: ValidationError) -> str:
    """Return what is wrong with an event, field by field, and where to look: five fields at most."""
    said = [
        f"{'.'.join(map(str, error['loc'])) or 'the message'}: {error['msg']}"
        for error in problem.errors(include_url=False, include_input=False)[:5]
    ]
    return "The event cannot be read (" + "; ".join(said) + "). Compare it with contracts/events."
