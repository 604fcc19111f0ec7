"""When a store sends which field: off, manual, create or on (docs/settings.md, Fields)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tillbridge.domain.fields import Field


class Mode(StrEnum):
    """`create`: only when the product is created; `manual`: only when a person pushes."""

    OFF = "off"
    MANUAL = "manual"
    CREATE = "create"
    ON = "on"


DEFAULT_MODES: Mapping[Field, Mode] = MappingProxyType(
    {field: Mode.CREATE if field is Field.CATEGORIES else Mode.ON for field in Field}
)

_REQUIRED_TO_CREATE = frozenset({Field.NAME, Field.PRICE, Field.TYPE})


@dataclass(frozen=True, slots=True)
class FieldPolicy:
    """The field modes of one store; fields it does not name keep their default."""

    modes: Mapping[Field, Mode] = DEFAULT_MODES

    def sends(self, field: Field, *, creating: bool = False, manual: bool = False) -> bool:
        """Return whether a push carries `field`. A create carries name, price and type whatever the
        setting, because BigCommerce demands them."""
        mode = self.modes.get(field, DEFAULT_MODES[field])
        if creating:
            return mode is not Mode.OFF or field in _REQUIRED_TO_CREATE
        return mode is Mode.ON or (mode is Mode.MANUAL and manual)
