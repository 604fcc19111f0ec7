"""Running the probes against an account."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cli.check_pos.lightspeed.by_hand import BY_HAND
from cli.check_pos.lightspeed.changing import CHANGING
from cli.check_pos.lightspeed.cleaning import clean
from cli.check_pos.lightspeed.client import Made, NoUse, Shop
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
    """What an account showed. `shut_out`: why nothing was asked of it, "" where it let us in. `left`: what probes
    made in it and could not delete. `stopped`: by Ctrl-C."""

    address: str
    found: tuple[Found, ...]
    shut_out: str = ""
    left: tuple[Made, ...] = ()
    stopped: bool = False


def check_account(
    address: str, token: str, say: Callable[[str], object], *, create: bool
) -> Report:
    """Run the probes against the account at an address; `say` hears what Ctrl-C has to wait for."""
    with new_http_session() as http:
        return check(Shop(address, token, http, SystemClock()), say, create=create)


def check(shop: Shop, say: Callable[[str], object], *, create: bool) -> Report:
    """Run the probes that read; with `create`, those too that make something, which is deleted at the end. Raises
    nothing that an account answers; Ctrl-C ends the probes, and nothing stays behind."""
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
    found: list[Found] = []
    stopped = False
    try:
        found.extend(_found(shop, create=create))
    except KeyboardInterrupt:  # what was found before stays
        stopped = True
        found += [Found(each, NOT_RUN, "it was stopped") for each in PROBES[len(found) :]]
    stopped = _cleaned(shop, say, stopped=stopped)
    return Report(shop.address, tuple(found), left=tuple(shop.made), stopped=stopped)


def _cleaned(shop: Shop, say: Callable[[str], object], *, stopped: bool) -> bool:
    """Delete what was made. Return whether Ctrl-C was pressed; pressed twice, it leaves the rest."""
    while True:
        if stopped and shop.made:
            say("Stopped. Deleting what was made in the account …")
        try:
            clean(shop)
        except KeyboardInterrupt:
            if stopped:
                return True
            stopped = True
        else:
            return stopped


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
