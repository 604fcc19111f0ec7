"""A person connects a store in the console."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tillbridge.domain.addresses import base_refusal, outside_refusal, refusal, same_base
from tillbridge.domain.connecting import (
    STORE_HASH,
    ConnectCode,
    Wanted,
    new_account,
    spoken_for,
)
from tillbridge.domain.errors import CannotConnect
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import EVERY_STORE, Person, Right
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.scopes import STORE_HASH as OF_THE_HASH
from tillbridge.domain.scopes import ScopeRead
from tillbridge.domain.store_names import name_refusal
from tillbridge.usecases.connect_store import connect_store, is_connected_so
from tillbridge.usecases.console.deps import ConsoleDeps

_LONGEST_ADDRESS = 500


class Place(StrEnum):
    """A field of the form."""

    NAME = "name"
    HASH = "hash"
    TOKEN = "access_token"  # noqa: S105 - a field's name; a form's own token is called `token`
    POS = "pos"
    POS_ADDRESS = "pos_address"
    POS_TOKEN = "pos_token"  # noqa: S105 - a field's name
    POS_SENDER = "pos_sender"


@dataclass(frozen=True, slots=True)
class ConnectAsked:
    """What a person filled in. `pos`: the key of a POS account that is known, '' for a new POS, of which the other
    three tell."""

    name: str
    store_hash: str
    token: str = field(repr=False)
    pos: str = ""
    pos_address: str = ""
    pos_token: str = field(default="", repr=False)
    pos_sender: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was saved: `words` by field, '' for what belongs to no field; `scopes`: what the token may, where
    it was asked. `busy`: it is worth another try, and nothing is known to be wrong."""

    words: dict[str, str]
    scopes: Sequence[ScopeRead] = ()
    busy: bool = False


@dataclass(frozen=True, slots=True)
class ConnectedNow:
    """The store that is connected; `anew`: by this request, and not by one before."""

    store: StoreId
    anew: bool
    scopes: Sequence[ScopeRead] = ()


def connect(deps: ConsoleDeps, person: Person, asked: ConnectAsked) -> ConnectedNow | Refusal:
    """Connect a store by what a person filled in, or say why not. What is connected so already is left as it is: a
    form that is sent twice does it once. May raise RetryLater and NeedsAttention, with nothing connected."""
    if not person.may(Right.CONFIGURE, StoreId(EVERY_STORE)):
        return Refusal({"": "Only an owner of every store connects one."})
    accounts = deps.connections.pos_accounts()
    account = _account(asked, accounts)
    odd = _odd(asked, account, lab=not deps.bigcommerce.startswith("https://"))
    if account is None or odd:
        return Refusal(odd)
    wanted = Wanted(
        StoreId(asked.name),
        asked.store_hash,
        deps.bigcommerce,
        asked.token,
        account,
        asked.pos_token,
    )
    known = deps.connections.find(wanted.store)
    if is_connected_so(known, wanted):
        return ConnectedNow(wanted.store, anew=False)
    if known is not None:
        words = f"'{asked.name}' is a store that is connected already. Take another name; a new token is given in its settings."
        return Refusal({Place.NAME: words})
    if taken := _known_pos(asked, accounts):
        return Refusal({Place.POS_ADDRESS: taken})
    try:
        made = connect_store(deps, wanted)
    except CannotConnect as why:
        return Refusal({_PLACES.get(why.code, ""): str(why)}, _told(why.scopes))
    return ConnectedNow(made.connection.store, anew=True, scopes=made.scopes)


_PLACES: Mapping[str, str] = {
    ConnectCode.ODD_TOKEN: Place.TOKEN,
    ConnectCode.TAKEN: Place.HASH,
    ConnectCode.MEANWHILE: Place.NAME,
    ConnectCode.REMOVED: Place.NAME,
    ConnectCode.POS_SILENT: Place.POS_ADDRESS,
    ConnectCode.NO_POS: Place.POS_ADDRESS,
    ConnectCode.NO_OUTLET: Place.POS_ADDRESS,
    ConnectCode.POS_TOKEN: Place.POS_TOKEN,
}


def place_of(scopes: Sequence[ScopeRead]) -> Place:
    """Return the field that is wrong where a token was not good enough."""
    return Place.HASH if any(each.name == OF_THE_HASH for each in scopes) else Place.TOKEN


def _told(scopes: Sequence[object]) -> tuple[ScopeRead, ...]:
    return tuple(each for each in scopes if isinstance(each, ScopeRead))


def _account(asked: ConnectAsked, accounts: Sequence[PosAccount]) -> PosAccount | None:
    if asked.pos:
        return next((each for each in accounts if each.key == asked.pos), None)
    made = new_account(StoreId(asked.name), {each.key for each in accounts})
    told = spoken_for(made, asked.pos_sender)
    return told and replace(told, address=asked.pos_address.rstrip("/"))


def _known_pos(asked: ConnectAsked, accounts: Sequence[PosAccount]) -> str:
    if asked.pos:
        return ""
    same = next(
        (a for a in accounts if a.address and same_base(a.address, asked.pos_address)), None
    )
    if same is None:
        return ""
    return (
        f"A POS at this address is known as '{same.key}': choose it above. Another customer of the same POS is"
        " connected with the command line, `tillbridge store add`, which can compare tokens."
    )


def _odd(asked: ConnectAsked, account: PosAccount | None, *, lab: bool) -> dict[str, str]:
    """Return what is wrong with what was filled in, by field, before anybody is asked."""
    found = {
        Place.NAME: name_refusal(asked.name),
        Place.HASH: ""
        if STORE_HASH.fullmatch(asked.store_hash)
        else "It is the part between stores/ and /v3 in the API account's path, such as abc123.",
        Place.TOKEN: "" if asked.token else "Paste the access token of the API account.",
    }
    if asked.pos:
        found[Place.POS] = "" if account else "This POS is not known any more. Choose another."
        return {place: words for place, words in found.items() if words}
    found[Place.POS_ADDRESS] = _odd_address(asked.pos_address, lab=lab)
    found[Place.POS_TOKEN] = "" if asked.pos_token else "Paste the access token of the POS."
    found[Place.POS_SENDER] = (
        ""
        if account
        else "The POS's vendor knows it: a source such as pos.example, or pos.example@123456789012 with the AWS"
        " account that puts its events on the bus."
    )
    return {place: words for place, words in found.items() if words}


def _odd_address(address: str, *, lab: bool) -> str:
    if len(address) > _LONGEST_ADDRESS:
        return "It is too long for an address."
    why = (base_refusal(address) or refusal(address)) if lab else outside_refusal(address)
    return why or ""
