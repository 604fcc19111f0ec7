"""A token goes to https://, and by http:// to this machine alone; everything odd is refused."""

import pytest

from tillbridge.domain.addresses import base_refusal, refusal

GOOD = [
    "https://api.bigcommerce.com",
    "https://pos.example/api/v2",
    "https://pos.example:8443",
    "HTTPS://POS.example",
    "https://[2001:db8::1]/api",
    "https://10.0.0.5",
    "http://127.0.0.1:4701",
    "http://127.8.9.1",
    "http://localhost:8080/x",
    "http://LOCALHOST",
    "http://[::1]:4701",
]
CLEAR = [
    "http://api.bigcommerce.com",
    "http://10.0.0.5",
    "http://192.168.1.2:80",
    "http://172.17.0.1:4851",
    "http://0.0.0.0:80",
    "http://[::]",
    "http://128.0.0.1",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "http://127.1",
    "http://2130706433",
    "http://[2001:db8::1]",
    "HTTP://pos.example",
]
ODD = [
    "",
    " ",
    "pos.example",
    "//pos.example",
    "ftp://pos.example",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://",
    "https://:443",
    "https://pos.example:0",
    "https://pos.example:99999",
    "https://pos.example:x",
    "https://[::1",
    "https://user:password@pos.example",
    "https://user@pos.example",
    "https://@pos.example",
    "http://127.0.0.1@evil.example",
    "http://127.0.0.1:80\\@evil.example",
    "https://pos.example\n",
    " https://pos.example",
    "https://pos .example",
    "https://pos.example/\x1b[2J",
    "https://pos.example/\x00",
    "https://pos.example/\u202e",
    "https://p\u043es.example",
    "https://läden.example",
    "https://*.example",
    "https://a,b.example",
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_that_keeps_a_token_to_itself_is_taken(address: str) -> None:
    assert refusal(address) is None
    assert base_refusal(address) is None


@pytest.mark.parametrize("address", CLEAR)
def test_no_token_goes_to_another_machine_in_clear_text(address: str) -> None:
    assert refusal(address) == "http:// would send the token in clear text: use https://."


@pytest.mark.parametrize("address", ODD)
def test_what_is_no_plain_address_is_refused_with_what_to_do(address: str) -> None:
    why = refusal(address)
    assert why is not None
    assert why.endswith(".")
    assert "password@" not in why


def test_a_lab_may_name_one_more_host() -> None:
    assert refusal("http://172.17.0.1:4851/v1", "172.17.0.1") is None
    assert refusal("http://172.17.0.2:4851/v1", "172.17.0.1") is not None
    assert refusal("http://pos.example", "") is not None


@pytest.mark.parametrize("address", ["https://pos.example/?a=b", "https://pos.example/#a"])
def test_a_base_address_ends_before_a_question(address: str) -> None:
    assert refusal(address) is None
    assert base_refusal(address) is not None
