"""Probes of the two feeds: whether they are in order, and how long their pages are."""

from cli.check_pos.lightspeed.client import Shop, version_of
from cli.check_pos.lightspeed.probe import NotRun, Otherwise, Probe
from cli.counted import counted

LOOK_S = 5.0
"""How long the look for late rows lasts; `tillbridge pos status` has the polls' longer one."""

_MOST_PAGES = 400
_LONG = 500
_CAP = 200


def _newest(shop: Shop) -> int:
    """Return the highest version of any level. Raise NotRun for an account without one."""
    body = {"size": 1, "sort_direction": "desc"}
    rows = shop.ask("POST", "/inventory", body=body).data
    if not isinstance(rows, list) or not rows:
        raise NotRun("the account has no level yet")
    return version_of(rows[0])


def _below(shop: Shop, until: int) -> dict[str, int]:
    """Return the newest 5,000 or so rows up to a version, by id."""
    seen: dict[str, int] = {}
    at = max(0, until - _reach(shop, until))
    for _ in range(_MOST_PAGES):
        rows = shop.levels(at)
        if not rows:
            break
        seen |= {str(each.get("id")): version_of(each) for each in rows}
        at = max(version_of(each) for each in rows)
        if at >= until:
            break
    return {each: version for each, version in seen.items() if version <= until}


def _reach(shop: Shop, until: int) -> int:
    """Return how far below the newest version the newest 1,000 rows begin."""
    body = {"size": 1_000, "sort_direction": "desc"}
    rows = shop.ask("POST", "/inventory", body=body).data
    versions = [version_of(each) for each in rows] if isinstance(rows, list) else []
    return until - min(versions, default=until) + 1


def _never_late(shop: Shop) -> str:
    until = _newest(shop)
    before = _below(shop, until)
    shop.clock.sleep(LOOK_S)
    late = _below(shop, until).keys() - before.keys()
    if late:
        raise Otherwise(
            f"{counted(len(late), 'row')} became readable below version {until:,}, which was read before"
        )
    return f"in {LOOK_S:.0f} s no row became readable below version {until:,}"


def _long_pages(shop: Shop) -> str:
    rows = shop.rows("/products", after="0", page_size=str(_LONG), deleted="true")
    if len(rows) < _CAP:
        raise NotRun(
            f"the account has {counted(len(rows), 'product')}; {_CAP} are needed to tell where a page ends"
        )
    more = shop.rows(
        "/products",
        after=str(max(map(version_of, rows))),
        page_size="1",
        deleted="true",
    )
    if len(rows) < _LONG and more:
        raise Otherwise(
            f"of {_LONG} products that were asked for a page has {len(rows)}, and more follow"
        )
    return f"a page had {counted(len(rows), 'product')}"


FEEDS = (
    Probe(
        3,
        "no row becomes readable below a version that was read",
        "every fifth poll reads the last five minutes again, and a whole reading each night finds the rest",
        _never_late,
    ),
    Probe(
        4,
        f"pages of more than {_CAP} products are given, and a short page is the last",
        "pages are taken as they come; only an empty one is an end",
        _long_pages,
    ),
)
