"""`store rotate-token`, `store pause` and `store resume` at the command line."""

from pathlib import Path

import pytest

from cli.deployment import both_sides, connections, secrets
from tests.builders import STORE, a_connection
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tests.fakes.token_box import FakeTokenBox
from tests.unit.cli.typed import typed
from tillbridge.domain.connection import Connection, StoreState

NEW = "n3wt0ken" * 4


class Shop:
    """A deployment in memory with one store."""

    def __init__(self) -> None:
        self.stores, self.signals = FakeStores([a_connection()]), FakeSignals()

    @property
    def connection(self) -> Connection:
        found = self.stores.find(STORE)
        assert found is not None
        return found


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    monkeypatch.setattr(connections, "need_target", lambda _: made)
    return made


def test_a_token_is_tried_and_kept_and_not_printed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sides, box, file = FakeSides(), FakeTokenBox(), tmp_path / "token.txt"
    file.write_text(f"{NEW}\n")
    monkeypatch.setattr(both_sides, "store_scopes", lambda: sides)
    monkeypatch.setattr(secrets, "token_box", lambda _: box)
    sides.lacks = {"Products"}
    refused = typed("store", "rotate-token", "--token-file", str(file), status=1)
    assert "The old token stays" in refused
    assert box.kept == {}
    sides.lacks = set()
    told = typed("store", "rotate-token", "--token-file", str(file))
    assert box.kept == {f"store/{STORE}": NEW}
    assert shop.signals.signalled == [STORE]
    assert NEW not in told + refused


def test_a_pause_has_a_reason_and_ends_with_a_signal(shop: Shop) -> None:
    assert ": the sale is prepared." in typed("store", "pause", "--why", "the sale is prepared")
    assert shop.connection.pause.why == "the sale is prepared"
    again = typed("store", "pause", "--why", "lunch")
    assert ": the sale is prepared." in again, "who paused it first stays named"
    assert "200 characters" in typed("store", "pause", "--why", "W" * 300, status=2)
    typed("store", "resume")
    assert (shop.connection.state, shop.signals.signalled) == (StoreState.ACTIVE, [STORE])
