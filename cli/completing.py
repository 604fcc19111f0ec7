"""What the shell offers at TAB. Whatever goes wrong, it offers nothing and prints nothing."""

import re
from collections.abc import Callable
from functools import wraps

import typer

from cli.deployment.where import said
from cli.deployment.world import living_worlds
from cli.noted import where_of

MOST = 20
"""The most ids that are offered; one request answers."""

_HARMLESS = re.compile(r"[\w@:/+.][\w@:/+.-]*")
"""What a shell takes as one plain word. An id comes from a POS, and `$(reboot)` would stand in the command line, to be
run by whoever presses Return."""


def _quietly[**P](offer: Callable[P, list[str]]) -> Callable[P, list[str]]:
    @wraps(offer)
    def quiet(*args: P.args, **kwargs: P.kwargs) -> list[str]:
        try:
            return [each for each in offer(*args, **kwargs) if _HARMLESS.fullmatch(each)]
        except Exception:  # noqa: BLE001 - whatever it is, words among the offers would be typed in
            return []

    return quiet


@_quietly
def worlds(incomplete: str) -> list[str]:
    """Offer the names of the local worlds that run."""
    return [name for name in living_worlds() if name.startswith(incomplete)]


@_quietly
def profiles(incomplete: str) -> list[str]:
    """Offer the profiles of AWS."""
    from botocore.session import get_session  # noqa: PLC0415 - help must not wait for it

    return [name for name in get_session().available_profiles if name.startswith(incomplete)]


@_quietly
def stores(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the names of the stores that are connected to what the options before name."""
    from cli.deployment.target import find_target  # noqa: PLC0415 - as above

    with said(where_of(ctx)):
        target = find_target()
    known = [] if target is None else target.stores.all()
    return [name for name in known if name.startswith(incomplete)]


@_quietly
def products(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the first ids of POS products that begin so, as far as the list of the store has them."""
    from cli.deployment.connections import choose  # noqa: PLC0415 - as above
    from cli.deployment.product_ids import ids_from  # noqa: PLC0415 - as above

    with said(where_of(ctx)):
        target, store = choose("", str(ctx.params.get("store") or ""))
    return ids_from(target, store, incomplete, MOST)
