"""Connecting a store: the same as in the pages, with each scope told."""

from collections.abc import Mapping, Sequence

from tillbridge.console.api.call import the_call
from tillbridge.console.api.models import connecting as connecting_models
from tillbridge.console.api.problem import Refused
from tillbridge.domain.errors import NeedsAttention
from tillbridge.usecases.console import connect as connecting
from tillbridge.usecases.console.connect import ConnectAsked, Place, Refusal

_IN_BODY: Mapping[str, str] = {
    Place.NAME: "body.name",
    Place.HASH: "body.store_hash",
    Place.TOKEN: "body.access_token",
    Place.POS: "body.pos",
    Place.POS_ADDRESS: "body.new_pos.address",
    Place.POS_TOKEN: "body.new_pos.access_token",
    Place.POS_SENDER: "body.new_pos.sender",
}


def connect(body: connecting_models.NewStore) -> connecting_models.ConnectedStore:
    """Connect a store: both sides are asked first, and nothing is kept before everything that is needed is there.
    Asked twice, it is done once."""
    call, new = the_call(), body.new_pos
    asked = ConnectAsked(
        name=body.name,
        store_hash=body.store_hash,
        token=body.access_token,
        pos=body.pos,
        pos_address=new.address if new else "",
        pos_token=new.access_token if new else "",
        pos_sender=new.sender if new else "",
    )
    try:
        done = connecting.connect(call.deps, call.person, asked)
    except NeedsAttention as why:
        raise Refused(422, "cannot_connect", str(why)) from why
    if isinstance(done, Refusal):
        raise Refused(422, "cannot_connect", " ".join(done.words.values()), _fields(done))
    return connecting_models.ConnectedStore(
        id=done.store,
        anew=done.anew,
        scopes=[
            connecting_models.Scope(name=s.name, there=s.there, words=s.words) for s in done.scopes
        ],
    )


def _fields(refusal: Refusal) -> Sequence[Mapping[str, str]]:
    places = [{"place": _IN_BODY[each], "kind": "refused"} for each in refusal.words if each]
    missing = [
        {"place": f"scopes.{each.name}", "kind": "missing"}
        for each in refusal.scopes
        if not each.ok
    ]
    return [*places, *missing]
