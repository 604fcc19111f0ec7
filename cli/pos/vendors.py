"""The vendors whose POS can be connected, and the account that a name at the vendor is."""

import re
from dataclasses import replace

from cli.cannot_run import CannotRun, WrongArguments
from cli.deployment.both_sides import need_address
from cli.deployment.polls import pos_accounts
from cli.deployment.target import Target
from cli.deployment.vendors import KINDS
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount

_PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")
"""One part of a host's name; queues and secrets are named by it, too."""

_HOSTS = {"lightspeed": "https://{}.retail.lightspeed.app"}


def need_vendor(vendor: str) -> str:
    """Return the vendor's name. Raise WrongArguments for one that is not known."""
    if vendor not in KINDS:
        raise WrongArguments(
            f"'{vendor}' is no POS that can be connected. There is: {', '.join(KINDS)}."
        )
    return vendor


def account_wanted(vendor: str, prefix: str, address: str = "") -> PosAccount:
    """Return the account of a shop at its vendor. `prefix`: what stands before the vendor's own domain; `address`: of
    a lab, '' for the vendor's. Raise WrongArguments for what no shop can be called."""
    if not _PREFIX.fullmatch(prefix):
        raise WrongArguments(
            f"'{prefix}' is no name of a shop: it is what stands before .retail.lightspeed.app in the address of"
            " your Lightspeed, in small letters, such as harbour-gifts."
        )
    if address:
        need_address(address, "--address")
    kind = KINDS[vendor]
    return PosAccount(
        PosAccountKey(f"{vendor}-{prefix}"),
        address.rstrip("/") or _HOSTS[vendor].format(prefix),
        source=f"pos.{kind.value}",
        kind=kind,
    )


def where_it_is(target: Target, wanted: PosAccount, address: str) -> PosAccount:
    """Return a wanted account at the address where it is known: in a local world that of a simulator, to which its
    token belongs, unless another `address` is given."""
    known = pos_accounts(target).find(wanted.key)
    if address or target.endpoint_url is None or known is None:
        return wanted
    return replace(wanted, address=known.address)


def prefix_of(account: PosAccount) -> str:
    """Return what the shop is called at its vendor."""
    return account.key.partition("-")[2]


def need_polls(target: Target) -> None:
    """Raise CannotRun for a deployment that has no function that polls."""
    if "pos_polls_queue_url" not in target.outputs:
        raise CannotRun(
            "This deployment polls no POS. Deploy it with the parameter VendorPos=yes, then connect the POS again."
        )


def need_lab(target: Target, address: str) -> None:
    """Raise WrongArguments for an address of a lab in a deployed stack, where only the vendor's own is reached."""
    if address and target.endpoint_url is None:
        raise WrongArguments(
            "--address is for the local world. A deployed stack reaches Lightspeed by --prefix alone."
        )
