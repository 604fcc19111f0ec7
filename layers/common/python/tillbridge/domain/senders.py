"""Who may ask for what on the bus: a POS for its own stores, people for everything else.

EventBridge itself writes an event's AWS account, which nobody can forge; the source is free text that
anyone with the right to put events may choose."""

from dataclasses import dataclass

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import WrongSender

PEOPLE = ("tillbridge.cli", "tillbridge.console")
"""The sources of people's requests, as template.yaml lists them in its rules."""


SWEEP = "tillbridge.sweep"
"""The source of what the sweep asks for."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who put an event on the bus. `ours`: from the stack's own AWS account."""

    source: str = ""
    aws_account: str = ""
    ours: bool = False

    def __str__(self) -> str:
        """Return the sender as people read it."""
        return f"'{self.source}' of AWS account {self.aws_account or 'unknown'}"


def check_pos(sender: Sender, connection: Connection) -> None:
    """Raise WrongSender unless this sender speaks for the POS of the connection."""
    account = connection.pos_account
    theirs = account.aws_account or "this stack's"
    in_account = sender.aws_account == account.aws_account if account.aws_account else sender.ours
    if account.source and sender.source == account.source and in_account:
        return
    raise WrongSender(
        f"{sender} does not speak for the store '{connection.store}'. Its POS account "
        f"'{account.key}' takes events from '{account.source}' of AWS account {theirs}. If this is "
        f"the shop's POS, run `tillbridge store add {connection.store}` again with --pos-sender "
        f"{sender.source}{'' if sender.ours else f'@{sender.aws_account}'}, then send the event "
        "again."
    )


def check_person(sender: Sender, trigger: str) -> None:
    """Raise WrongSender unless this is a person at the command line or the console of the stack."""
    if sender.ours and sender.source in PEOPLE:
        return
    raise WrongSender(
        f"{sender} may not ask for {trigger}. Only people may, with `tillbridge` or in the console: "
        f"sources {' and '.join(PEOPLE)} of this stack's AWS account."
    )


def check_sweep(sender: Sender, trigger: str) -> None:
    """Raise WrongSender unless this is the sweep of the stack."""
    if not sender.ours or sender.source != SWEEP:
        raise WrongSender(f"{sender} may not ask for {trigger}. Only Tillbridge's own sweep may.")
