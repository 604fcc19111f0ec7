"""Of the webhooks at a POS only those go that lead here by a key of the account."""

from cli.deployment.pos_leaving import delete_ours
from tests.fakes.pos_hooks import FakePosHooks
from tillbridge.domain.hooks.pos_access import PosHookKeys, address_of
from tillbridge.domain.pos_account import PosKind

KIND, NOW, BEFORE = PosKind.LIGHTSPEED_X, "1" * 22, "2" * 22


def test_ours_go_wherever_they_lead_and_those_of_others_stay() -> None:
    hooks = FakePosHooks()
    for address in (
        address_of("https://hooks.example", KIND, NOW),
        address_of("https://older.example", KIND, BEFORE),
        address_of("https://hooks.example", KIND, "3" * 22),
        "https://stranger.example/",
    ):
        hooks.create("product.update", address)
    keys = PosHookKeys((NOW, BEFORE))
    assert delete_ours(hooks, KIND, keys) == "Webhooks taken off the POS: 2."
    assert [hook.id for hook in hooks.hooks] == ["h-3", "h-4"]
    assert delete_ours(hooks, KIND, keys) == ""
