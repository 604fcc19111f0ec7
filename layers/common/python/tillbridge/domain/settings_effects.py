"""What a change of a setting does, in words, before it is saved. Counts are about: nothing reads all products for it."""

from collections.abc import Mapping

from tillbridge.domain.field_policy import Mode
from tillbridge.domain.fields import Field

_FIELDS = {field.value for field in Field}
_AT_CREATION = {Field.NAME.value, Field.PRICE.value, Field.TYPE.value}


_SAYS: Mapping[str, str] = {
    "push_content=literal": "{those} send all content with each change: texts edited online are replaced.",
    "push_content=when_changed": "Content that equals what was last sent is not sent again.",
    "reconcile_mode=repair": "What a comparison finds different is sent again, unless that is suspiciously much.",
    "reconcile_mode=report": "What a comparison finds different is listed, and waits for a person.",
    "auto_link=auto": "The next imports link by themselves where the match is exactly one to one.",
    "auto_link": "The next imports do so. What was imported stays.",
    "default_department": "The next imports do so. What was imported stays.",
    "safety_stock=learned": "{those} keep back what the nightly comparison learns, one unit a night at most.",
    "safety_stock": "{those} may get another level online, each with its next change.",
    "outlets": "{those} may get another level online, each with its next change.",
}
"""By a setting and its new value, or by the setting alone."""


def effect(name: str, before: str, after: str, linked: int) -> str:
    """Return what replacing a value of a setting does. `linked`: products that are linked, about; 0 unknown."""
    those = f"About {linked:,} linked products" if linked else "Linked products"
    if name in _FIELDS:
        return _of_field(name, before, after, those)
    says = _SAYS.get(f"{name}={after.partition(':')[0]}") or _SAYS.get(name)
    return says.format(those=those) if says else "Both sides are asked first."


def moves(name: str, after: str) -> bool:
    """Return whether a change may make what is online differ from what it should be, so that a comparison of both
    sides finds it."""
    return name in {"safety_stock", "outlets"} or (name in _FIELDS and after == Mode.ON)


def _of_field(name: str, before: str, after: str, those: str) -> str:
    match Mode(after):
        case Mode.ON:
            return f"{those} get the POS's value with their next push; what was entered online is replaced."
        case Mode.MANUAL:
            gets = (
                "Pushes of people send it" if before != Mode.ON else "Only pushes of people send it"
            )
            return f"{gets}; what is online stays until then."
        case Mode.CREATE:
            return f"New products get it. {those} keep what is online."
        case _ if name == Field.STOCK:
            return f"{those} keep the level they have online, whatever the till sells."
        case _ if name in _AT_CREATION:
            return f"{those} keep what is online. New products get it: BigCommerce asks for it."
        case _:
            return f"{those} keep what is online. New products get none."
