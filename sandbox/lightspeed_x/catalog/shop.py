"""The retailer, outlets and registers."""

from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.paging import paged
from sandbox.lightspeed_x.wire.shop_json import outlets_json, registers_json, retailer_json


def get_retailer(call: Call) -> Answer:
    """GET the retailer."""
    return Answer({"data": retailer_json(call.account)})


def list_outlets(call: Call) -> Answer:
    """GET outlets by version; closed ones only with `deleted=true`."""
    return Answer(paged(call, outlets_json(call.account)))


def list_registers(call: Call) -> Answer:
    """GET registers by version."""
    return Answer(paged(call, registers_json(call.account)))
