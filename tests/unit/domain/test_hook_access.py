"""What a call to a store's webhook must bring."""

from dataclasses import replace

from tillbridge.domain.hook_access import (
    OLD_SECRET_MS,
    HookAccess,
    address,
    good_secrets,
    header_secret,
    rotated,
    same_secret,
)
from tillbridge.domain.ids import StoreId

KEY, SHOP, NOW = b"stack-key", StoreId("shop"), 1_795_287_600_000


def test_each_store_deployment_and_generation_has_a_secret_of_its_own() -> None:
    secrets = {
        header_secret(KEY, SHOP, 1),
        header_secret(KEY, SHOP, 2),
        header_secret(KEY, StoreId("shop\n1"), 1),
        header_secret(KEY, StoreId("other"), 1),
        header_secret(b"other", SHOP, 1),
    }
    assert len(secrets) == 5
    assert all(len(each) == 64 and each.isascii() for each in secrets)


def test_a_store_begins_with_one_good_secret() -> None:
    assert good_secrets(KEY, SHOP, HookAccess("key"), NOW) == (header_secret(KEY, SHOP, 1),)


def test_the_secret_before_stays_good_for_72_hours() -> None:
    access = rotated(HookAccess("key"), NOW)
    both = (header_secret(KEY, SHOP, 2), header_secret(KEY, SHOP, 1))
    assert good_secrets(KEY, SHOP, access, NOW) == both
    assert good_secrets(KEY, SHOP, access, NOW + OLD_SECRET_MS) == both
    assert good_secrets(KEY, SHOP, access, NOW + OLD_SECRET_MS + 1) == both[:1]


def test_of_two_rotations_only_the_last_secret_before_is_good() -> None:
    access = rotated(rotated(HookAccess("key"), NOW), NOW + 1)
    assert header_secret(KEY, SHOP, 1) not in good_secrets(KEY, SHOP, access, NOW + 2)


def test_a_blank_secret_is_nobodys() -> None:
    assert not same_secret("", "")
    assert not same_secret("", "s")
    assert same_secret("s", "s")
    assert not same_secret("\ud800", "s")


def test_the_address_has_the_store_and_its_key() -> None:
    access = replace(HookAccess(), key="k3y")
    assert address("https://x.example/", SHOP, access.key) == (
        "https://x.example/hooks/bigcommerce/shop/k3y"
    )
