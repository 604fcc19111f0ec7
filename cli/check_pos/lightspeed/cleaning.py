"""Deleting what probes made, and finding what they may have made."""

from collections.abc import Iterator

from cli.check_pos.lightspeed.client import Made, NoUse, Shop, version_of

_PAGE = "200"
_MOST_PAGES = 400
_BY_NAME = "/products"
_WHOLE = "/webhooks"


def clean(shop: Shop) -> None:
    """Delete what probes made, the last one first; `made` of the account is then what stays, or may."""
    for made in reversed([*shop.made]):
        stays = _still_there(shop, made)
        place = shop.made.index(made)
        shop.made[place : place + 1] = stays


def _still_there(shop: Shop, made: Made) -> list[Made]:
    try:
        ids = [made.id] if made.id else list(_found(shop, made))
    except NoUse:
        return [made]
    return [Made(made.path, made.name, each) for each in ids if not _deleted(shop, made.path, each)]


def _deleted(shop: Shop, path: str, which: str) -> bool:
    try:
        told = shop.ask("DELETE", f"{path}/{which}")
    except NoUse:
        return False
    return told.ok or told.status == 404


def _found(shop: Shop, made: Made) -> Iterator[str]:
    """Yield the ids of what bears the name of something that may have been made."""
    for each in _listed(shop, made):
        if made.name in (each.get("name"), each.get("url")) and not each.get("deleted_at"):
            yield str(each.get("id"))


def _listed(shop: Shop, made: Made) -> Iterator[dict[str, object]]:
    if made.path == _BY_NAME:
        yield from shop.rows(made.path, name=made.name)
    elif made.path == _WHOLE:
        yield from shop.rows(made.path)
    else:
        yield from _pages(shop, made.path)


def _pages(shop: Shop, path: str) -> Iterator[dict[str, object]]:
    """Yield a list whose rows carry no version, but whose pages do."""
    after = 0
    for _ in range(_MOST_PAGES):
        told = shop.ask("GET", path, {"after": str(after), "page_size": _PAGE})
        if not told.ok or not isinstance(told.data, list):
            raise NoUse(f"GET {path} answers no list ({told.said})")
        yield from (each for each in told.data if isinstance(each, dict))
        page = told.body.get("version") if isinstance(told.body, dict) else None
        last = version_of({"version": page.get("max")}) if isinstance(page, dict) else 0
        if last <= after:
            return
        after = last
