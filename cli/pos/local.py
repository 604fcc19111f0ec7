"""A store of a local world whose shop has a vendor's POS."""

from cli.deployment.accounts import Account
from cli.deployment.connect import connect as connect_store
from cli.deployment.local_world import deployed
from cli.deployment.pos_side import vendors_pos
from cli.deployment.target import Target
from cli.pos.connecting import connect
from cli.pos.vendors import account_wanted
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.runner import LocalWorld
from tillbridge.domain.pos_grant import PosGrant


def connect_vendors_world(world: LocalWorld, account: Account, token: str, vendor: str) -> Target:
    """Connect the world's POS as `tillbridge pos connect` does, then a store to it, and return the deployment."""
    target, shop = deployed(world), world.pos
    assert isinstance(shop, LightspeedServer)
    wanted = account_wanted(vendor, shop.account.config.prefix, shop.base_url)
    connect(target, wanted, PosGrant(shop.api_token), None)
    connect_store(target, account, token, vendors_pos(target, vendor, wanted.key))
    return target
