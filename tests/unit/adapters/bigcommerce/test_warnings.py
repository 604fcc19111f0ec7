"""207: which items of a partly saved batch its words are about."""

from typing import Any

import pytest

from tillbridge.adapters.bigcommerce.warnings import warnings_of

IDS = [11, 12, 13]
ALL = {"data": [{"id": 11}, {"id": 12}, {"id": 13}]}


def test_what_names_no_product_is_about_all_of_them() -> None:
    errors = {"status": 422, "title": "Saving the URL failed", "errors": {"custom_url": "taken"}}
    warnings = warnings_of(ALL | {"errors": errors}, IDS)
    assert warnings == dict.fromkeys(IDS, "Saving the URL failed; taken")


def test_what_is_keyed_by_place_is_about_that_product() -> None:
    errors = {"title": "Some failed", "errors": {"1": "its URL is taken"}}
    assert warnings_of(ALL | {"errors": errors}, IDS) == {12: "its URL is taken"}


def test_what_names_an_id_is_about_that_product() -> None:
    errors = [{"id": 13, "title": "Inventory was not saved"}]
    assert warnings_of(ALL | {"errors": errors}, IDS) == {13: "Inventory was not saved"}


def test_a_product_that_is_missing_from_the_saved_ones_was_not_saved() -> None:
    body = {"data": [{"id": 11}, {"id": 13}], "errors": {"title": "One failed"}}
    assert warnings_of(body, IDS) == {12: "One failed"}


@pytest.mark.parametrize(
    "errors",
    [None, {}, [], "odd", {"9": "no such place"}, [{"id": 99, "title": "somebody else"}], [5]],
)
def test_a_207_always_warns_of_somebody(errors: Any) -> None:
    warnings = warnings_of(ALL | {"errors": errors}, IDS)
    assert set(warnings) == set(IDS)
    assert all(warnings.values())
