"""A POS speaks for its own stores only, and only people ask for what people ask for."""

import pytest

from tests.builders import OWN_ACCOUNT, a_connection, a_pos_account
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import WrongSender
from tillbridge.domain.senders import PEOPLE, Sender, check_person, check_pos

OTHER_ACCOUNT = "123456789012"
SHOP = a_connection("shop")
ABROAD = a_connection("shop", pos_account=a_pos_account(aws_account=OTHER_ACCOUNT))
AT_HOME = a_connection("shop", pos_account=a_pos_account(aws_account=OWN_ACCOUNT))
NOBODY = a_connection("shop", pos_account=a_pos_account(source="", address=""))


def _sent(source: str, account: str = OWN_ACCOUNT) -> Sender:
    return Sender(source, account, ours=account == OWN_ACCOUNT)


@pytest.mark.parametrize(
    ("connection", "account"),
    [(SHOP, OWN_ACCOUNT), (AT_HOME, OWN_ACCOUNT), (ABROAD, OTHER_ACCOUNT)],
)
def test_the_pos_of_a_store_speaks_for_it(connection: Connection, account: str) -> None:
    check_pos(_sent("pos.reference", account), connection)


@pytest.mark.parametrize(
    ("connection", "source", "account"),
    [
        (SHOP, "pos.somebody-else", OWN_ACCOUNT),
        (SHOP, "pos.reference", OTHER_ACCOUNT),
        (SHOP, "POS.REFERENCE", OWN_ACCOUNT),
        (SHOP, "pos.reference ", OWN_ACCOUNT),
        (SHOP, "pos.reference.x", OWN_ACCOUNT),
        (SHOP, "tillbridge.cli", OWN_ACCOUNT),
        (SHOP, "", OWN_ACCOUNT),
        (SHOP, "pos.reference", ""),
        (AT_HOME, "pos.reference", OTHER_ACCOUNT),
        (ABROAD, "pos.reference", OWN_ACCOUNT),
        (NOBODY, "", OWN_ACCOUNT),
        (NOBODY, "pos.reference", OWN_ACCOUNT),
    ],
)
def test_nobody_else_speaks_for_a_store(connection: Connection, source: str, account: str) -> None:
    with pytest.raises(WrongSender, match="does not speak for the store 'shop'") as refused:
        check_pos(_sent(source, account), connection)
    assert "tillbridge store add shop" in str(refused.value)


def test_a_sender_in_another_account_is_told_how_it_would_be_let_in() -> None:
    with pytest.raises(WrongSender, match=f"--pos-sender pos.x@{OTHER_ACCOUNT}, then"):
        check_pos(_sent("pos.x", OTHER_ACCOUNT), SHOP)
    with pytest.raises(WrongSender, match=r"--pos-sender pos\.x, then"):
        check_pos(_sent("pos.x"), SHOP)


@pytest.mark.parametrize("source", PEOPLE)
def test_people_ask_from_the_stacks_own_account(source: str) -> None:
    check_person(_sent(source), "unlink.requested")
    with pytest.raises(WrongSender, match=r"may not ask for unlink\.requested"):
        check_person(_sent(source, OTHER_ACCOUNT), "unlink.requested")


@pytest.mark.parametrize(
    "source", ["pos.reference", "tillbridge.orders", "tillbridge.", "tillbridge.cli2", ""]
)
def test_nobody_else_asks_for_what_people_ask_for(source: str) -> None:
    with pytest.raises(WrongSender, match=r"Only people may"):
        check_person(_sent(source), "import.requested")
