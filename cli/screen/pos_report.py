"""A vendor's POS that was connected, and the outlets of each POS, printed for people and as JSON."""

from collections.abc import Sequence

from cli.pos.outlets import Outlets
from cli.pos.scopes import WHERE, with_costs
from cli.screen.console import console, counted, table
from cli.shapes import pos as shapes
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_habits import chosen_prices, prices_with_tax
from tillbridge.usecases.connect_pos import ConnectedPos


def say_line(words: str) -> None:
    """Print a line."""
    console.print(words, soft_wrap=True)


def say_connected(done: ConnectedPos, twins: Sequence[PosAccountKey] = ()) -> None:
    """Print what was connected, what its token may not, and what comes next. `twins`: other accounts of the same
    shop."""
    account, facts = done.account, done.facts
    say_line(
        f"{'Connected' if done.anew else 'Connected again:'} '{account.key}' ({facts.name}, {account.address})."
    )
    say_line(_prices(done))
    quota = f"{facts.quota:,} calls in five minutes" if facts.quota else "not told"
    say_line(f"Quota: {quota} ({counted(facts.registers, 'register')}).")
    closed = sum(not each.active for each in done.outlets)
    say_line(
        f"Outlets: {len(done.outlets) - closed:,} open, {closed:,} closed. `tillbridge pos outlets` lists them."
    )
    missing = with_costs(done.missing)
    if missing:
        rows = [(each.name, each.cost) for each in missing]
        console.print(table("Scopes that are missing", ("scope", "without it"), rows))
        say_line(WHERE)
    if done.refused:
        say_line(done.refused)
    if twins:
        say_line(
            f"The same shop is connected as {', '.join(twins)}, too: both spend one quota, and take each other's webhooks."
            f" Move its stores: `tillbridge store add NAME --hash … --token-file … --pos lightspeed --pos-account {account.key}`."
        )
    if done.anew:
        say_line(
            "The first poll reads everything; `tillbridge pos status` shows how far it is. Connect a store:"
            f" `tillbridge store add NAME --hash … --token-file … --pos lightspeed --pos-account {account.key}`."
        )
    elif done.read_again:
        say_line("Everything is read again: `tillbridge pos status` shows how far that is.")


def _prices(done: ConnectedPos) -> str:
    with_tax = prices_with_tax(done.account.facts)
    whose = "as you chose" if chosen_prices(done.account.facts) else "as the POS shows them"
    words = "with tax" if with_tax else "without tax"
    return f"Prices are in {done.facts.currency}; those {words} are sent, {whose}."


def connected_json(done: ConnectedPos, twins: Sequence[PosAccountKey] = ()) -> shapes.ConnectedPos:
    """Return the same for a program."""
    account, facts = done.account, done.facts
    closed = sum(not each.active for each in done.outlets)
    return {
        "account": account.key,
        "kind": account.kind.value,
        "name": facts.name,
        "address": account.address,
        "anew": done.anew,
        "read_again": done.read_again,
        "currency": facts.currency,
        "prices_with_tax": prices_with_tax(account.facts),
        "chosen": chosen_prices(account.facts) is not None,
        "registers": facts.registers,
        "quota": facts.quota,
        "outlets_open": len(done.outlets) - closed,
        "outlets_closed": closed,
        "missing_scopes": missing_json(done.missing),
        "refused": done.refused,
        "same_shop": [*twins],
    }


def missing_json(missing: Sequence[str]) -> list[shapes.MissingScope]:
    """Return scopes that are missing, for a program."""
    return [
        {"scope": each.name, "cost": each.cost, "needed": each.needed}
        for each in with_costs(missing)
    ]


def show_outlets(found: Outlets) -> None:
    """Print the outlets of an account, and what stores name in vain."""
    if found.trouble:
        say_line(f"{found.account.key}: its outlets are not known. {found.trouble}")
        return
    rows = [
        (
            each.outlet.id,
            each.outlet.name,
            "open" if each.outlet.active else "closed",
            ", ".join(each.stores),
        )
        for each in found.shown
    ]
    columns = ("id", "name", "state", "stores that sell from it")
    console.print(
        table(f"Outlets of {found.account.key}", columns, rows, whole=("id",), states=("state",))
    )
    for odd in found.odd:
        say_line(f"{odd.store}: {odd.words}. `tillbridge store set outlets=ID,ID` changes it.")


def outlets_json(found: Sequence[Outlets]) -> shapes.Outlets:
    """Return the same for a program."""
    return {
        "accounts": [
            {
                "account": each.account.key,
                "outlets": [
                    {
                        "id": shown.outlet.id,
                        "name": shown.outlet.name,
                        "open": shown.outlet.active,
                        "stores": [*shown.stores],
                    }
                    for shown in each.shown
                ],
                "odd": [
                    {"store": odd.store, "outlet": odd.outlet, "words": odd.words}
                    for odd in each.odd
                ],
                "trouble": each.trouble or None,
            }
            for each in found
        ]
    }
