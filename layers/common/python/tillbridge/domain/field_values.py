"""The values of the fields that a BigCommerce product shows, and which of them differ."""

from collections.abc import Mapping
from typing import Any

from tillbridge.domain.fields import FIELDS
from tillbridge.domain.web_product import NOT_READ, WebProduct, WebVariant


def values(web: WebProduct) -> dict[str, Any]:
    """Return BigCommerce's value of each field, by its name in the API; fields that were not read
    are left out."""
    shown = {wire: getattr(web, entry.web) for wire, entry in FIELDS.items() if entry.product}
    return {wire: value for wire, value in shown.items() if value is not NOT_READ}


def variant_values(web: WebVariant) -> dict[str, Any]:
    """Return BigCommerce's value of each field of a variant, by its name in the API."""
    return {wire: getattr(web, entry.web) for wire, entry in FIELDS.items() if entry.variant}


def answered_values(web: WebVariant) -> dict[str, Any]:
    """Return `variant_values` of the answer to a write, without the fields that it lacks."""
    shown = variant_values(web)
    return {wire: value for wire, value in shown.items() if wire not in web.unanswered}


def differing(sent: Mapping[str, Any], there: Mapping[str, Any]) -> list[str]:
    """Return the fields of `sent` whose value in `there` is another one to BigCommerce. Both go by
    API names; a field that `there` lacks was not read, and does not differ."""
    return [
        wire
        for wire, value in sent.items()
        if wire in there and not FIELDS[wire].same(value, there[wire])
    ]


def as_sent(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that BigCommerce showed in the form it takes them: a null becomes the field's
    blank, where it has one."""
    return {
        wire: FIELDS[wire].blank if value is None and FIELDS[wire].blank is not None else value
        for wire, value in values.items()
    }
