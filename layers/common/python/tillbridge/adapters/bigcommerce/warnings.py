"""Answers with status 207: BigCommerce saved a part and says what it did not save."""

from collections.abc import Mapping, Sequence
from typing import Any

from tillbridge.adapters.bigcommerce.error_map import words_of
from tillbridge.adapters.borders.waits import whole


def warnings_of(body: Any, ids: Sequence[int]) -> Mapping[int, str]:
    """Return the words for what was not saved, by id; for all of `ids` when no record is named.

    BigCommerce documents no more than `errors` beside `data`. An error that names a record counts
    for that record, any other for every one: a repeated write does no harm, a missed one does."""
    errors = body.get("errors") if isinstance(body, dict) else None
    named = _named(errors, ids)
    if named:
        return named
    data = body.get("data") if isinstance(body, dict) else None
    items = data if isinstance(data, list) else []
    saved = {item["id"] for item in items if isinstance(item, dict) and type(item.get("id")) is int}
    unsaved = [one for one in ids if one not in saved] if saved else []
    return dict.fromkeys(unsaved or ids, words_of(errors))


def _named(errors: Any, ids: Sequence[int]) -> dict[int, str]:
    if isinstance(errors, dict) and isinstance(errors.get("errors"), dict | list):
        return _named(errors["errors"], ids)
    if isinstance(errors, dict):
        # Keyed by index in the request, as in other batches of the catalogue.
        places = {
            place: words
            for key, words in errors.items()
            if (place := whole(key)) is not None and place < len(ids)
        }
        all_placed = len(places) == len(errors)
        return {ids[place]: words_of({"": words}) for place, words in places.items() if all_placed}
    if isinstance(errors, list):
        named = {_id_in(item): words_of(item) for item in errors if isinstance(item, dict)}
        return (
            {one: words for one, words in named.items() if one in ids}
            if (named and all(one in ids for one in named))
            else {}
        )
    return {}


def _id_in(item: dict[str, Any]) -> int:
    for key in ("id", "product_id", "variant_id"):
        if isinstance(item.get(key), int):
            return int(item[key])
    return 0
