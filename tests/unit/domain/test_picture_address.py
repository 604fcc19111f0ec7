"""A signed address names the same picture at every read."""

import pytest

from tillbridge.domain.picture_address import picture_of

PLAIN = "https://pictures.example/a/lamp.jpg"
SIGNED = [
    "{}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={}&X-Amz-Expires=900&X-Amz-Signature={}",
    "{}?AWSAccessKeyId=AK&Expires={}&Signature={}",
    "{}?Expires={}&Signature={}&Key-Pair-Id=K",
    "{}?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Date={}&X-Goog-Signature={}",
    "{}?sv=2024-05-04&sr=b&sp=r&se={}&sig={}",
]


@pytest.mark.parametrize("form", SIGNED)
def test_an_address_that_was_signed_anew_names_the_same_picture(form: str) -> None:
    first, second = form.format(PLAIN, "20261127T0900Z", "abc"), form.format(PLAIN, "9Z", "d%2Bf")
    assert picture_of(first) == picture_of(second) == PLAIN


@pytest.mark.parametrize("form", SIGNED)
def test_what_else_stands_in_a_signed_address_tells_pictures_apart(form: str) -> None:
    one, two = (form.format(PLAIN, "1", "s") + f"&id={number}" for number in (1, 2))
    assert picture_of(one) != picture_of(two)
    assert picture_of(form.format("https://pictures.example/other.jpg", 1, "s")) != picture_of(one)


@pytest.mark.parametrize(
    "url", [PLAIN, f"{PLAIN}?v=2", f"{PLAIN}?expires=1", f"{PLAIN}?se=7&v=1", "https://[half"]
)
def test_an_address_without_a_signature_is_taken_as_it_is(url: str) -> None:
    assert picture_of(url) == url
