"""The POS that a store is to be connected to, and the POS account that it becomes."""

from dataclasses import dataclass, replace
from pathlib import Path

from cli.cannot_run import CannotRun
from cli.deployment.home import read_token
from cli.deployment.secrets import pos_token, pos_token_is
from cli.deployment.target import Target
from cli.deployment.vendors import KINDS
from tillbridge.domain.addresses import same_base
from tillbridge.domain.connecting import LOCAL_SOURCE, new_account, spoken_for
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosAccount


@dataclass(frozen=True, slots=True)
class PosSide:
    """A POS as `store add` is told of it. `sender`: who puts its events on the bus, as in
    `pos.example` or `pos.example@123456789012`; '' keeps what is known of it. `known`: an account that is connected
    already and stays as it is."""

    address: str
    token: str
    sender: str = ""
    known: PosAccount | None = None


def vendors_pos(target: Target, vendor: str, key: str) -> PosSide:
    """Return the POS of a vendor that `tillbridge pos connect` connected. Raise CannotRun for one that is not."""
    found = next((each for each in target.stores.pos_accounts() if each.key == key), None)
    if found is None or found.kind is not KINDS[vendor]:
        there = [each.key for each in target.stores.pos_accounts() if each.kind is KINDS[vendor]]
        raise CannotRun(
            f"No POS of {vendor} is connected as '{key}'. Connected: {', '.join(there) or 'none'}. `tillbridge pos"
            f" connect {vendor}` connects one."
        )
    return PosSide(found.address, "", known=found)


def told_pos(target: Target, address: str, token_file: Path | None, sender: str) -> PosSide:
    """Return the POS to connect to.

    With neither address nor file, in a local world, that is the POS of the first connected store.
    Raise CannotRun when there is none, and for one without the other."""
    if address and token_file:
        return PosSide(address.rstrip("/"), read_token(token_file), sender)
    asked = bool(address or token_file)
    known = target.stores.all() if not asked and target.endpoint_url else ()
    connection = target.stores.find(known[0]) if known else None
    if connection is None:
        raise CannotRun("Give the POS's address and token: --pos-url and --pos-token-file.")
    there = connection.pos_account
    return PosSide(there.address, pos_token(target, there.key), sender)


def account_for(target: Target, store: StoreId, pos: PosSide) -> PosAccount:
    """Return the account of a POS: the one that has its address and token, else the store's own,
    else a new one. Raise CannotRun when nobody says who puts its events on the bus."""
    if pos.known is not None:
        return pos.known
    known = target.stores.pos_accounts()
    account = next((each for each in known if _is_of(target, each, pos)), None)
    if account is None:
        connection, removal = target.stores.find(store), target.stores.removal(store)
        kept = connection or (removal.connection if removal else None)
        account = kept.pos_account if kept else new_account(store, {a.key for a in known})
    sender = pos.sender or (LOCAL_SOURCE if target.endpoint_url and not account.source else "")
    if not sender and not account.source:
        raise CannotRun(
            "Say who puts this POS's events on the bus with --pos-sender. The POS's vendor knows it: "
            "a source such as pos.example, or pos.example@123456789012 with the AWS account that "
            "puts them there."
        )
    return replace(_spoken_for(account, sender), address=pos.address)


def _spoken_for(account: PosAccount, sender: str) -> PosAccount:
    told = spoken_for(account, sender) if sender else account
    if told is None:
        raise CannotRun(
            f"'{sender}' is no sender. Give the source of the POS's events, such as pos.example; if "
            "another AWS account than the stack's puts them on the bus, pos.example@123456789012."
        )
    return told


def _is_of(target: Target, account: PosAccount, pos: PosSide) -> bool:
    # One address may serve many customers of a POS, who differ by their token.
    return same_base(account.address, pos.address) and pos_token_is(target, account.key, pos.token)
