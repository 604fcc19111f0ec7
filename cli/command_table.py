"""Every command: its module, and its line in `--help`.

The lines are repeated here so that help can be printed without importing a command. Each is the
first line of the command's own docstring."""

from collections.abc import Mapping
from typing import NamedTuple


class Command(NamedTuple):
    """A command: the function `command` of a module. `local`: it runs a local world, or a part of one, so that
    it needs the extra `local` of pyproject.toml."""

    module: str
    help: str
    local: bool = False


class Group(NamedTuple):
    """Commands under one word, such as `store add` and `store list`. `alone`: which of them the word
    alone is, also with options; without one, its help is printed."""

    help: str
    sections: "Sections"
    alone: str = ""


type Sections = Mapping[str, Mapping[str, Command | Group]]
"""Commands by name, under the headings of `--help`."""

STORE: Sections = {
    "Commands": {
        "add": Command("cli.commands.store.add", "Connect a BigCommerce store to a POS."),
        "list": Command("cli.commands.store.list", "List the connected stores and their state."),
        "set": Command(
            "cli.commands.store.set", "Change settings of a store, and show all of them."
        ),
        "pause": Command("cli.commands.store.pause", "Pause a store: note changes, send nothing."),
        "resume": Command(
            "cli.commands.store.resume", "Resume a store: send the changes that waited."
        ),
        "rename": Command(
            "cli.commands.store.rename",
            "Give a store a title, which people read instead of its name.",
        ),
        "remove": Command(
            "cli.commands.store.remove",
            "Disconnect a store; what is kept of it is deleted after 30 days.",
        ),
        "rotate-token": Command(
            "cli.commands.store.rotate_token", "Give a store a new access token of BigCommerce."
        ),
    }
}

POS: Sections = {
    "Commands": {
        "connect": Command(
            "cli.commands.pos.connect", "Connect the POS of a vendor, or give it a new token."
        ),
        "status": Command(
            "cli.commands.pos.status",
            "Show how each POS that is polled is: trouble, last poll, what waits.",
        ),
        "outlets": Command(
            "cli.commands.pos.outlets",
            "List the outlets of each POS, and the stores that sell from them.",
        ),
    }
}

ORDERS: Sections = {
    "Commands": {
        "list": Command(
            "cli.commands.orders.list", "List web orders, and how far the POS is with them."
        ),
        "show": Command(
            "cli.commands.orders.show", "Show one web order as both sides have it, and what to do."
        ),
        "ack": Command(
            "cli.commands.orders.ack", "Say that web orders were booked in the POS by hand."
        ),
        "retry": Command("cli.commands.orders.retry", "Tell the POS web orders once more."),
        "take": Command(
            "cli.commands.orders.take",
            "Count orders that were placed before web orders were on.",
        ),
    }
}

LINKS: Sections = {
    "Commands": {
        "export": Command(
            "cli.commands.links.export", "Write the links of a store to standard output."
        ),
        "import": Command(
            "cli.commands.links.import_", "Link what a file of links names, as `link` does."
        ),
        "rebuild": Command("cli.commands.links.rebuild", "Find the links of a store again by SKU."),
    }
}

SANDBOX: Sections = {
    "Commands": {
        "bigcommerce": Command(
            "cli.commands.sandbox.bigcommerce",
            "Run only the sandbox store, until Ctrl-C.",
            local=True,
        ),
        "lightspeed": Command(
            "cli.commands.sandbox.lightspeed",
            "Run only the simulator of Lightspeed Retail (X-Series), until Ctrl-C.",
            local=True,
        ),
    }
}

COMMANDS: Sections = {
    "Every day": {
        "push": Command(
            "cli.commands.push",
            "Push products: create new ones, update linked ones.",
        ),
        "retry": Command("cli.commands.retry", "Push the products again that failed."),
        "list": Command(
            "cli.commands.list", "List products with their status, and why a push failed."
        ),
        "search": Command(
            "cli.commands.search",
            "Find products by a word, SKU, number, barcode or id.",
        ),
        "status": Command(
            "cli.commands.status", "Show how a store is: what waits, how fresh, what is wrong."
        ),
        "problems": Command(
            "cli.commands.problems", "List what is wrong in a store, cause by cause."
        ),
        "show": Command(
            "cli.commands.show", "Show both sides of a product, field by field, and what waits."
        ),
        "why": Command("cli.commands.why", "Say why a product's values online are what they are."),
        "watch": Command(
            "cli.commands.watch", "Print each call to BigCommerce as it is made, until Ctrl-C."
        ),
        "verify": Command(
            "cli.commands.verify", "Compare every field of the linked products on both sides."
        ),
        "freshness": Command(
            "cli.commands.freshness", "Show how long changes take to reach the other side."
        ),
    },
    "Web orders": {
        "orders": Group("List web orders, and see to those that need a person.", ORDERS, "list"),
        "oversell": Command("cli.commands.oversell", "List what was sold twice, and say why."),
    },
    "Link and import": {
        "link": Command(
            "cli.commands.link", "Link a POS product to an existing BigCommerce product."
        ),
        "unlink": Command(
            "cli.commands.unlink", "Unlink products; neither side's product is changed or deleted."
        ),
        "links": Group("Keep all links of a store in a file, and get them back.", LINKS),
        "undo": Command("cli.commands.undo", "Put back what a push replaced, within 90 days."),
        "import": Command(
            "cli.commands.import_", "Import products from BigCommerce into the POS, and link them."
        ),
    },
    "Compare and repair": {
        "reconcile": Command(
            "cli.commands.reconcile", "Compare both sides, and repair drift by pushing."
        ),
        "drift": Command("cli.commands.drift", "Show what a reconcile run found, field by field."),
        "accept": Command(
            "cli.commands.accept", "Accept a product's drift, so that it is not repaired."
        ),
        "runs": Command("cli.commands.runs", "List the latest reconcile runs."),
        "replay": Command(
            "cli.commands.replay",
            "Tell the POS's events of a time again, from the archive.",
        ),
        "jobs": Command("cli.commands.jobs", "Show what people asked for, and how far it is."),
        "dead-letters": Command(
            "cli.commands.dead_letters",
            "Read what nobody could work on; send it again or discard it.",
        ),
    },
    "Connect": {
        "canary": Command(
            "cli.commands.canary",
            "Measure how long a change of stock takes, with a hidden product.",
        ),
        "safety": Command(
            "cli.commands.safety", "Show what a learned safety stock would keep from the web."
        ),
        "store": Group("Connect, set up, pause and resume stores.", STORE),
        "pos": Group("Connect a vendor's POS, and show how its polls are.", POS),
        "hooks": Command("cli.commands.hooks", "Show the webhooks of a store, and mend them."),
        "check-pos": Command(
            "cli.commands.check_pos",
            "Check a POS API against the contract, and list what is missing.",
        ),
        "check-store": Command(
            "cli.commands.check_store",
            "Ask a connected store what Tillbridge should know of it.",
        ),
    },
    "Local world": {
        "up": Command("cli.commands.up", "Run the local world, until Ctrl-C.", local=True),
        "demo": Command(
            "cli.commands.demo",
            "Play a shop's day in a local world, then compare both sides.",
            local=True,
        ),
        "sign-in": Command(
            "cli.commands.sign_in", "Print a token for the console's API in the local world."
        ),
        "sam-env": Command(
            "cli.commands.sam_env",
            "Write the template for `sam local`, and print the line to type.",
            local=True,
        ),
        "put-event": Command(
            "cli.commands.put_event", "Send the events in a JSON file to the event bus."
        ),
        "trigger": Command(
            "cli.commands.trigger", "Send an event as the store's POS would, for named products."
        ),
        "sandbox": Group("Run one part of the local world by itself.", SANDBOX),
    },
}
