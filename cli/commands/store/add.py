"""`tillbridge store add`: connect a store."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.cannot_run import CannotRun, WrongArguments
from cli.commands.options import JsonOption, StackOption, a_file_or_dash
from cli.deployment.accounts import BIGCOMMERCE, Account, remember_account

if TYPE_CHECKING:
    from cli.shapes.stores import Connected
    from tillbridge.domain.connection import Connection
    from tillbridge.usecases.connect_store import Connected as Made

HASH = re.compile(r"[A-Za-z0-9_-]{1,64}")


def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    name: Annotated[str, typer.Argument(help="A name for this store, such as 'shop'.")],
    store_hash: Annotated[
        str,
        typer.Option(
            "--hash", help="The store hash: the part after stores/ in the API account's path."
        ),
    ],
    token_file: Annotated[
        Path,
        typer.Option(
            callback=a_file_or_dash,
            help="A file that holds the BigCommerce access token; - asks, or reads standard input.",
        ),
    ],
    api_url: Annotated[
        str, typer.Option(help="BigCommerce's address; a sandbox store has another.")
    ] = BIGCOMMERCE,
    pos_url: Annotated[
        str, typer.Option(help="The POS API's address; in the local world not needed.")
    ] = "",
    pos_token_file: Annotated[
        Path | None,
        typer.Option(
            callback=a_file_or_dash,
            help="A file that holds the POS's access token; - as above.",
        ),
    ] = None,
    pos_sender: Annotated[
        str,
        typer.Option(
            help="Who puts the POS's events on the bus: their source, such as pos.example; if from "
            "another AWS account than the stack's, pos.example@123456789012."
        ),
    ] = "",
    pos: Annotated[
        Literal["contract", "lightspeed"],
        typer.Option(help="contract: a POS that keeps Tillbridge's contract; else a vendor's."),
    ] = "contract",
    pos_account: Annotated[
        str, typer.Option(help="The key of a vendor's POS that `tillbridge pos connect` connected.")
    ] = "",
    as_json: JsonOption = False,
    stack: StackOption = "",
) -> None:
    """Connect a BigCommerce store to a POS.

    Both sides are asked before anything is saved. If no local world is running, the store is
    remembered for `tillbridge demo --store NAME`. Hash and token come from a store-level API
    account, made in BigCommerce's control panel under Settings. Adding a store again, with a new
    token or address, keeps its settings and state."""
    _need_pos(pos, pos_account, theirs=bool(pos_url or pos_token_file or pos_sender))
    _need_names(name, store_hash)
    from cli.deployment.both_sides import ask_store, need_address
    from cli.deployment.connect import connect
    from cli.deployment.home import STDIN
    from cli.deployment.pos_side import told_pos, vendors_pos
    from cli.deployment.target import find_target
    from cli.screen.console import console, print_json
    from tillbridge.domain.ids import StoreId

    need_address(api_url, "--api-url")
    if pos_url:
        need_address(pos_url, "--pos-url")
    # A token that was not in a file is asked for again by `demo --store`.
    kept = STDIN if str(token_file) == STDIN else str(token_file.resolve())
    account = Account(name, store_hash, kept, api_url.rstrip("/"))
    token = account.token()
    target = find_target(stack)
    if target is None:
        if pos_account:
            raise CannotRun(
                "A vendor's POS is in a deployment: start `tillbridge up`, or use --stack."
            )
        facts = ask_store(account.api_url, account.store_hash, token)
        remember_account(account)
        console.print(f"Connected '{name}' ({facts.name or store_hash}, {account.api_url}).")
        console.print(f"No local world is running. Try: tillbridge demo --store {name}")
        if as_json:
            print_json(_json(account, facts.name))
        return
    side = (
        vendors_pos(target, pos, pos_account)
        if pos_account
        else told_pos(target, pos_url, pos_token_file, pos_sender)
    )
    back = target.stores.removal(StoreId(name))
    connected = connect(target, account, token, side)
    remember_account(account)
    _say(account, connected, back=back is not None)
    if as_json:
        print_json(_json(account, connected.facts.name, connected.connection))


def _need_pos(pos: str, account: str, *, theirs: bool) -> None:
    if (pos == "contract") is not (not account):
        raise WrongArguments("A vendor's POS is named by both: --pos lightspeed --pos-account KEY.")
    if account and theirs:
        raise WrongArguments(
            "--pos-url, --pos-token-file and --pos-sender are not for a vendor's POS."
        )


def _need_names(name: str, store_hash: str) -> None:
    from tillbridge.domain.store_names import name_refusal

    if why := name_refusal(name):
        raise WrongArguments(f"'{name}' cannot be a name. {why}")
    if not HASH.fullmatch(store_hash):
        raise WrongArguments(
            f"'{store_hash}' is no store hash. It is the part between stores/ and /v3 in the API "
            "account's path, such as abc123."
        )


def _say(account: Account, connected: "Made", *, back: bool) -> None:
    from cli.screen.console import console
    from tillbridge.domain.connection import StoreState

    name, there = account.name, connected.connection
    title = connected.facts.name or account.store_hash
    console.print(f"Connected '{name}' ({title}, {there.api_url}).")
    console.print(f"Its POS is {there.pos_account.address}, heard as {there.pos_account.source}.")
    if back:
        console.print(
            "It is back, with its links. What its POS told meanwhile was not noted: run "
            f"`tillbridge reconcile --store {name}`, and `tillbridge hooks --store {name}` where it has "
            "web orders."
        )
    if there.state is StoreState.PAUSED:
        console.print("It stays paused. `tillbridge store resume` sends what waits.")
    if "currency" not in there.pos_account.facts:
        console.print(
            "The POS has no product yet that says its currency. Make sure that it is the store's: "
            f"{connected.facts.currency or 'not told'}."
        )


def _json(account: Account, title: str, there: "Connection | None" = None) -> "Connected":
    """Return the store that was added; `there`: its connection, or None while it is only remembered."""
    return {
        "store": account.name,
        "title": title,
        "api_url": account.api_url,
        "hash": account.store_hash,
        "pos_url": there.pos_account.address if there else None,
        "pos_source": there.pos_account.source if there else None,
        "state": there.state.value if there else None,
    }
