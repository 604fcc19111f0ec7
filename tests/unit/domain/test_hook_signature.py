"""The signature of a webhook, by the rules of Standard Webhooks."""

import pytest

from tillbridge.domain.hooks.signature import TOLERANCE_S, is_genuine, is_signed, signature

NOW = 1_795_287_600
BODY = b'{"scope":"store/order/created"}'


def headers(body: bytes = BODY, key: str = "secret", at: int = NOW, **more: str) -> dict[str, str]:
    sent = signature(key, "msg_1", str(at), body)
    known = {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": sent}
    return known | {name.replace("_", "-"): value for name, value in more.items()}


def test_a_signature_is_what_the_standard_says() -> None:
    # openssl dgst -sha256 -hmac secret -binary | base64, of "msg_1.1795287600.{}"
    assert signature("secret", "msg_1", "1795287600", b"{}") == (
        "v1,Xa1N+FewIACuJTPQXrwqhs5YwbYIPyDILd40SNA7AKc="
    )


def test_the_right_signature_is_genuine() -> None:
    assert is_genuine(headers(), BODY, "secret", NOW)


def test_one_right_signature_among_several_is_enough() -> None:
    right = headers()["webhook-signature"]
    assert is_genuine(headers(webhook_signature=f"v1,AAAA {right} v2,x"), BODY, "secret", NOW)


@pytest.mark.parametrize("off_s", [-TOLERANCE_S - 1, TOLERANCE_S + 1, 86_400])
def test_a_call_that_was_kept_is_not_genuine(off_s: int) -> None:
    assert not is_genuine(headers(), BODY, "secret", NOW + off_s)


@pytest.mark.parametrize("off_s", [-TOLERANCE_S, 0, TOLERANCE_S])
def test_clocks_may_differ_by_five_minutes(off_s: int) -> None:
    assert is_genuine(headers(), BODY, "secret", NOW + off_s)


@pytest.mark.parametrize(
    "wrong",
    [
        headers(key="other"),
        headers(body=b"{}"),
        headers(webhook_id="msg_2"),
        headers(webhook_timestamp=str(NOW + 1)),
        headers(webhook_id=""),
        headers(webhook_timestamp=""),
        headers(webhook_timestamp="soon"),
        headers(webhook_timestamp="²"),
        headers(webhook_timestamp="-1"),
        headers(webhook_timestamp="9" * 5_000),
        headers(webhook_signature="v1,"),
        headers(webhook_signature="v1"),
        headers(webhook_signature=headers()["webhook-signature"].removeprefix("v1,")),
        headers(webhook_signature=headers()["webhook-signature"].replace("v1", "v2")),
        headers(webhook_signature="v1,\ud800é" * 300),
    ],
)
def test_anything_else_is_not(wrong: dict[str, str]) -> None:
    assert not is_genuine(wrong, BODY, "secret", NOW)


def test_a_call_without_a_signature_claims_none() -> None:
    assert not is_signed({})
    assert not is_signed({"webhook-signature": ""})
    assert is_signed(headers())
