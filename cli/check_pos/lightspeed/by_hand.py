"""Probes that take a person at the till, or one who lets an app in; they are said, and not run."""

from cli.check_pos.lightspeed.probe import Probe, by_a_person

BY_HAND = (
    Probe(
        2,
        "every kind of stock movement gives a level a new version",
        "a whole reading each night finds what no version told of",
        by_a_person(
            "sell, lay by, count, transfer, receive and adjust one unit each in Lightspeed; after each, `tillbridge pos"
            " status` shows a higher version of levels within two minutes"
        ),
        creates=True,
    ),
    Probe(
        6,
        "a webhook is signed with the app's secret over the raw body, in base64",
        "base64 and hex are both taken; an app's webhook that is signed otherwise is refused, and polls find what changed",
        by_a_person(
            "let an app in with `tillbridge pos connect lightspeed --client-id …` and change a product: `tillbridge"
            " pos status` shows the webhook"
        ),
        creates=True,
    ),
    Probe(
        13,
        "a level is without what is laid by, on account or awaiting pickup",
        "a safety stock keeps units back: `tillbridge store set safety_stock=1`",
        by_a_person(
            "lay one unit by in Lightspeed, and compare the level online (`tillbridge show ID`) after two minutes"
        ),
        creates=True,
    ),
    Probe(
        15,
        "a refresh token that was used stays good for a moment",
        "its answer is kept before anything else is done; a lost one ends in words that say to connect again",
        by_a_person("it would end a grant that is in use: try it with an app of its own"),
        creates=True,
    ),
    Probe(
        16,
        "an app may send people back to an address of their own machine",
        "`tillbridge pos connect lightspeed … --paste` takes the address instead",
        by_a_person("`tillbridge pos connect lightspeed --client-id …` shows it"),
        creates=True,
    ),
)
