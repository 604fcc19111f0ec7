"""Who signed a webhook of X-Series."""

import hmac
from base64 import b64encode
from hashlib import sha256

import pytest

from tillbridge.adapters.lightspeed_x.signature import is_genuine

BODY = b"type=product.update&payload=%7B%22id%22%3A1%7D"
SECRETS = ("new", "old")


def digest(secret: str, body: bytes = BODY) -> bytes:
    return hmac.new(secret.encode(), body, sha256).digest()


def said(signature: str, algorithm: str = "HMAC-SHA256") -> dict[str, str]:
    return {"x-signature": f"signature={signature},algorithm={algorithm}"}


@pytest.mark.parametrize("secret", SECRETS)
def test_base64_and_hexadecimal_digits_are_both_taken_of_either_secret(secret: str) -> None:
    for text in (
        b64encode(digest(secret)).decode(),
        digest(secret).hex(),
        digest(secret).hex().upper(),
    ):
        assert is_genuine(said(text), BODY, SECRETS)


def test_the_order_of_the_parts_and_blanks_between_them_do_not_matter() -> None:
    told = f"algorithm=HMAC-SHA256, signature={digest('new').hex()}"
    assert is_genuine({"x-signature": told}, BODY, SECRETS)


GOOD = digest("new").hex()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-signature": ""},
        {"x-signature": GOOD},
        {"x-signature": f"signature={GOOD}"},
        {"x-signature": f"signature={GOOD},algorithm=HMAC-SHA256,algorithm=HMAC-SHA256"},
        {"X-Signature": f"signature={GOOD},algorithm=HMAC-SHA256"},
        said(""),
        said(GOOD, "HMAC-SHA1"),
        said(GOOD, "none"),
        said(GOOD, "hmac-sha256"),
        said(GOOD[:-2]),
        said(GOOD + "00"),
        said("ä" + GOOD),
        said(digest("other").hex()),
        said(b64encode(digest("other")).decode()),
        said(digest("new", BODY + b" ").hex()),
        said(digest("").hex()),
    ],
)
def test_nothing_else_is_genuine(headers: dict[str, str]) -> None:
    assert not is_genuine(headers, BODY, SECRETS)


def test_without_a_secret_nobody_is_genuine() -> None:
    assert not is_genuine(said(digest("").hex()), BODY, ())
