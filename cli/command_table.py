"""Every command: its module, and the line that `--help` says about it.

The lines stand here so that help can be printed without importing a command. Each is the first line
of the command's own docstring."""

from collections.abc import Mapping
from typing import NamedTuple


class Command(NamedTuple):
    """A command: `command()` of this module."""

    module: str
    help: str


class Group(NamedTuple):
    """Commands under one word, such as `store add` and `store list`."""

    help: str
    sections: "Sections"


type Sections = Mapping[str, Mapping[str, Command | Group]]
"""Commands by name, under the headings of `--help`."""

STORE: Sections = {
    "Commands": {
        "add": Command("cli.commands.store.add", "Connect a BigCommerce store to a POS."),
        "list": Command("cli.commands.store.list", "List the connected stores and their state."),
        "set": Command("cli.commands.store.set", "Change settings of a store, and show them all."),
        "pause": Command("cli.commands.store.pause", "Pause a store: changes are noted, not sent."),
        "resume": Command("cli.commands.store.resume", "Resume a store: send what has waited."),
    }
}

SANDBOX: Sections = {
    "Commands": {
        "bigcommerce": Command(
            "cli.commands.sandbox.bigcommerce", "Start the sandbox store alone, until Ctrl-C."
        ),
    }
}

COMMANDS: Sections = {
    "Every day": {
        "push": Command(
            "cli.commands.push", "Push products: create what is not linked, update what is."
        ),
        "list": Command(
            "cli.commands.list", "List products with their link status, and why a push failed."
        ),
        "search": Command(
            "cli.commands.search", "Find products by the beginning of a name, SKU or number."
        ),
        "verify": Command(
            "cli.commands.verify", "Compare every field of the linked products on both sides."
        ),
    },
    "Link and import": {
        "link": Command(
            "cli.commands.link", "Link a POS product with a BigCommerce product that exists."
        ),
        "unlink": Command("cli.commands.unlink", "Unlink products; both sides keep theirs."),
        "undo": Command("cli.commands.undo", "Undo what the first push after a link replaced."),
        "import": Command(
            "cli.commands.import_", "Import products from BigCommerce into the POS, and link them."
        ),
    },
    "Compare and repair": {
        "reconcile": Command(
            "cli.commands.reconcile", "Compare both sides, and repair drift by pushing."
        ),
        "drift": Command("cli.commands.drift", "Show what a run of reconcile found, by field."),
        "accept": Command("cli.commands.accept", "Accept drift of a product: let it stay."),
        "runs": Command("cli.commands.runs", "List the last runs of reconcile."),
    },
    "Connect": {
        "store": Group("Connect stores, set them up, pause and resume them.", STORE),
        "check-pos": Command(
            "cli.commands.check_pos",
            "Check a POS API against the contract, and say what is missing.",
        ),
    },
    "Local world": {
        "up": Command("cli.commands.up", "Start the local world, until Ctrl-C."),
        "demo": Command(
            "cli.commands.demo", "Play a shop's day in a local world, and compare both sides."
        ),
        "put-event": Command(
            "cli.commands.put_event", "Put the event or events of a JSON file on the bus."
        ),
        "sandbox": Group("Start parts of the local world alone.", SANDBOX),
    },
}
