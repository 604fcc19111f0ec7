"""Ten minutes in which everybody wants something at once (benches/fair_turns.py plays half an hour)."""

from tests.everybody import everybody

SECONDS = 600


def test_nobody_starves_and_a_sale_waits_for_one_wave_at_most() -> None:
    played = everybody(SECONDS, saved=300, imported=250, undone=50)
    assert len(played.waits["stock"]) == SECONDS
    assert (
        max(played.waits["stock"]) <= 1.1
    )  # a stock call under way, a wave, three reads of the POS
    assert max(played.waits["asked"]) <= 5.0
    assert played.calls["content"] >= played.calls["stock"]
    assert max(max(waits) for waits in played.waits.values()) < SECONDS
    assert played.left == 0
