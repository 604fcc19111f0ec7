"""When a look is believed."""

from tillbridge.domain.looks import confirmed, second_look_ms

NOW = 10_000_000


def test_two_looks_are_half_a_minute_apart() -> None:
    assert second_look_ms(NOW) == NOW + 30_000
    assert not confirmed(NOW, NOW + 29_999)
    assert confirmed(NOW, NOW + 30_000)


def test_what_was_never_seen_before_is_not_confirmed() -> None:
    assert not confirmed(0, NOW)
