"""The addresses of a local world, or of its store alone, and what to try there."""

from cli.deployment.pos_side import PosSide
from cli.deployment.target import Target
from cli.screen.console import console
from cli.shapes.stores import SandboxPos, SandboxStore, World
from sandbox.aws.server import REGION
from sandbox.bigcommerce.server.server import Address, StoreServer
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.people.directory import PEOPLE
from sandbox.project import is_installed
from sandbox.runner import LocalWorld

type Lines = tuple[tuple[str, str], ...]
"""What is where."""


def say_world(
    target: Target,
    world: LocalWorld,
    store: StoreServer,
    own: PosSide | None = None,
    name: str = "",
) -> None:
    """Print the addresses and tokens of a local world, and the first commands to try. `own`: the POS that
    the store is connected to instead of the world's. `name`: where it has one of its own, how commands find it."""
    lines = (
        ("AWS", world.aws.endpoint_url),
        ("its region", REGION),
        ("its keys", "local and local"),
        ("event bus", target.outputs["bus_name"]),
        *(_pos_of(world) if own is None else _own_pos(target, own)),
        ("BigCommerce", f"{store.api_url}/stores/{store.store_hash}/v3/"),
        ("its token", store.token),
        ("webhooks", f"{world.door.address}/hooks/"),
    )
    for what, where in lines:
        console.print(f"{what:<12} {where}", soft_wrap=True)
    catalogue = "the demo catalogue" if own is None else "your catalogue"
    console.print(
        "",
        f"Try, in another terminal{_activated()}:",
        f"  tillbridge push --not-linked   put {catalogue} in the store",
        "  tillbridge list                what is linked, pending or failed, and why",
        *_to_try_of(world, own),
        "  tillbridge verify              compare both sides, field by field",
        "  tillbridge sign-in --as sam    a token for the console's API",
        sep="\n",
        soft_wrap=True,
    )
    if name:
        console.print(
            "",
            f"Commands work here with --world {name}, or after `export TILLBRIDGE_WORLD={name}`.",
            sep="\n",
            soft_wrap=True,
        )
    say_console(world)


def _activated() -> str:
    return "" if is_installed() else ", after `source .venv/bin/activate`"


def _to_try_of(world: LocalWorld, own: PosSide | None) -> list[str]:
    if own is not None:
        return []
    if isinstance(world.pos, LightspeedServer):
        return ["  tillbridge pos status          when the POS was polled, and what was found"]
    return ["  tillbridge trigger sale.completed --product p-1003"]


def _pos_of(world: LocalWorld) -> Lines:
    pos = world.pos
    if isinstance(pos, LightspeedServer):
        return _vendors(pos)
    actions = f"{pos.base_url}/_sandbox/actions/"
    return ("POS API", pos.base_url), ("its token", pos.token), ("POS actions", actions)


def _vendors(shop: LightspeedServer) -> Lines:
    told = vendors_pos_json(shop)
    return (
        ("Lightspeed", told["address"]),
        ("its prefix", told["prefix"]),
        ("its token", told["token"]),
        ("POS actions", told["actions_url"]),
        ("its hazards", told["control_url"]),
    )


def _own_pos(target: Target, own: PosSide) -> Lines:
    (account,) = target.stores.pos_accounts()
    return ("your POS", own.address), ("heard as", account.source)


def world_json(
    target: Target, world: LocalWorld, store: StoreServer, own: PosSide | None = None
) -> World:
    """Return the addresses of a local world. `own`: the POS that the store is connected to, whose token is nobody's to
    print."""
    return {
        "aws_url": world.aws.endpoint_url,
        "event_bus": target.outputs["bus_name"],
        "pos_url": world.pos.base_url if own is None else own.address,
        "pos_token": _token_of(world) if own is None else "",
        "store": {"api_url": store.api_url, "hash": store.store_hash, "token": store.token},
        "console_url": f"{world.door.address}/",
        "hooks_url": f"{world.door.address}/hooks/",
    }


def _token_of(world: LocalWorld) -> str:
    pos = world.pos
    return pos.api_token if isinstance(pos, LightspeedServer) else pos.token


def say_console(world: LocalWorld) -> None:
    """Print where the console of a world is that stays up, and who may come in."""
    console.print(
        "",
        "The console shows what is in the till and what is online. Open it in a browser:",
        f"  {world.door.address}/",
        "Choose there who you are; nobody here has a password:",
        *(f"  {each.name:<8} {each.words}" for each in PEOPLE.values()),
        "",
        "Ctrl-C ends it.",
        sep="\n",
        soft_wrap=True,
    )
    console.file.flush()


def store_json(address: Address) -> SandboxStore:
    """Return where a sandbox store listens."""
    return {"api_url": address.api_url, "hash": address.store_hash, "token": address.token}


def say_store(address: Address) -> None:
    """Print where a sandbox store listens, its hash and token, and a call to try."""
    console.print(f"base address  {address.api_url}")
    console.print(f"store hash    {address.store_hash}")
    console.print(f"token         {address.token}")
    console.print()
    console.print(
        f"Try: curl -H 'X-Auth-Token: {address.token}' "
        f"{address.api_url}/stores/{address.store_hash}/v3/catalog/products",
        soft_wrap=True,
    )
    console.file.flush()


def vendors_pos_json(shop: LightspeedServer) -> SandboxPos:
    """Return where the simulator of a vendor's POS listens."""
    return {
        "address": shop.base_url,
        "prefix": shop.account.config.prefix,
        "token": shop.api_token,
        "actions_url": f"{shop.base_url}/_sandbox/actions/",
        "control_url": f"{shop.base_url}/_control/lightspeed/",
    }


def say_vendors_pos(shop: LightspeedServer) -> None:
    """Print where the simulator of a vendor's POS listens, and what connects it to a local world."""
    for what, where in _vendors(shop):
        console.print(f"{what:<12} {where}", soft_wrap=True)
    prefix = shop.account.config.prefix
    console.print()
    console.print(
        f"Try, beside `tillbridge up --pos lightspeed`: tillbridge pos connect lightspeed --prefix {prefix}-2 "
        f"--token-file F --address {shop.base_url}",
        soft_wrap=True,
    )
    console.file.flush()
