"""What every record on the wire shares, of BigCommerce and of the POS alike."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tillbridge.adapters.borders.values import Text
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS

type Items[T] = Annotated[
    tuple[T, ...], BeforeValidator(lambda value: () if value is None else value)
]
"""A list; its null is an empty one."""


class Record(BaseModel):
    """Any record. Unknown fields are ignored, and a number where a text is expected is taken."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


class RecordWithTexts(Record):
    """A product or a variant: `plain` holds the texts that only `domain/fields.py` names, each under
    its key, as far as the record has the key."""

    plain: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _collect(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {**raw, "plain": {name: raw[name] for name in PLAIN_OF_PRODUCTS if name in raw}}
