"""Running the probes against an account."""

from collections.abc import Iterator
from dataclasses import dataclass

from cli.check_pos.lightspeed.by_hand import BY_HAND
from cli.check_pos.lightspeed.changing import CHANGING
from cli.check_pos.lightspeed.client import NoUse, Shop
from cli.check_pos.lightspeed.feeds import FEEDS
from cli.check_pos.lightspeed.making import MAKING
from cli.check_pos.lightspeed.probe import NotRun, Otherwise, Probe
from cli.check_pos.lightspeed.values import VALUES
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session

PROBES = tuple(
    sorted((*FEEDS, *VALUES, *MAKING, *CHANGING, *BY_HAND), key=lambda each: each.number)
)
"""Every fact that only a real account shows, by its number."""

PASSED, OTHERWISE, NOT_RUN = "passed", "otherwise", "not run"


@dataclass(frozen=True, slots=True)
class Found:
    """What a probe found: its verdict, and in words what was seen."""

    probe: Probe
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an account showed. `shut_out`: why nothing was asked of it, "" where it let us in. `made`: the products
    that probes left in it."""

    address: str
    found: tuple[Found, ...]
    shut_out: str = ""
    made: tuple[str, ...] = ()


def check_account(address: str, token: str, *, create: bool) -> Report:
    """Run the probes against the account at an address."""
    with new_http_session() as http:
        return check(Shop(address, token, http, SystemClock()), create=create)


def check(shop: Shop, *, create: bool) -> Report:
    """Run the probes that read; with `create`, those too that make products. Raises nothing that an account answers."""
    try:
        name = shop.ask("GET", "/retailer")
        why = "" if name.ok else f"GET /retailer answers {name.said}"
    except NoUse as trouble:
        why = str(trouble)
    if why:
        return Report(
            shop.address,
            tuple(Found(each, NOT_RUN, "the account did not let us in") for each in PROBES),
            why,
        )
    found = tuple(_found(shop, create=create))
    return Report(shop.address, found, made=tuple(_left(shop)))


def _found(shop: Shop, *, create: bool) -> Iterator[Found]:
    for probe in PROBES:
        if probe.creates and not create and probe not in BY_HAND:
            yield Found(probe, NOT_RUN, "it makes something in the account: add --create")
        else:
            yield _one(probe, shop)


def _one(probe: Probe, shop: Shop) -> Found:
    try:
        return Found(probe, PASSED, probe.run(shop))
    except Otherwise as seen:
        return Found(probe, OTHERWISE, str(seen))
    except (NotRun, NoUse) as why:
        return Found(probe, NOT_RUN, str(why))


def _left(shop: Shop) -> Iterator[str]:
    """Delete what probes made, and yield the ids of what stays."""
    for made in shop.made:
        try:
            gone = shop.ask("DELETE", f"/products/{made}", version="2.0")
        except NoUse:
            yield made
        else:
            if not gone.ok and gone.status != 404:
                yield made
