"""What goes wrong, at the vendor, on the way, with our functions and in the store; and time, in which nothing does."""

from collections.abc import Callable, Mapping
from random import Random

from sandbox.bigcommerce.state.hazards import Hazard
from tests.knife.knife import Knife
from tests.poll_world import KEY
from tests.property.vendor_path.shop import makes, moves_stock, saves
from tests.property.vendor_path.web import OURS
from tests.property.vendor_path.world import World

type HazardAct = Callable[[World, Random], None]

LATEST_MIN = 3
"""So late a change is committed at most: within what overlaps read again."""


def time_passes(world: World, dice: Random) -> None:
    """Let a minute or some pass."""
    world.minutes(dice.choice([1, 1, 1, 2, 6]))


def polled(world: World, dice: Random) -> None:
    """Ask for a poll, as a webhook does, and let nothing else happen."""
    world.vendor.polls.pokes.poke(KEY)
    world.vendor.answer_signals()


def drained(world: World, dice: Random) -> None:
    """Let intake and push do what waits."""
    world.take_in()
    world.drain()


def a_night(world: World, dice: Random) -> None:
    """Let hours pass, with a whole walk in them perhaps."""
    world.clock.advance(dice.randrange(1, 20) * 3_600)
    world.minutes(2)


def late_commit(world: World, dice: Random) -> None:
    """Have one change be committed late, while others show at once."""
    control = world.vendor.control
    control.hold_commits()
    dice.choice([saves, moves_stock, makes])(world, dice)
    control.end_hold()
    for _ in range(dice.randrange(LATEST_MIN)):
        dice.choice([saves, moves_stock])(world, dice)
        world.minutes()
    control.commit()


def between_calls(world: World, dice: Random) -> None:
    """Have the shop do something right after the next call of a poll."""
    call = dice.choice(["POST /inventory", "GET /products"])
    act = dice.choice([saves, moves_stock, makes])
    world.vendor.account.hazards.after(call, lambda: act(world, dice))
    polled(world, dice)


def vendor_fails(world: World, dice: Random) -> None:
    """Have the vendor refuse some calls, be down, or give short pages."""
    hazards = world.vendor.control.hazards
    match dice.randrange(3):
        case 0:
            hazards(refuse_after=dice.randrange(4), refuse_calls=dice.randrange(1, 4))
        case 1:
            hazards(down=dice.randrange(1, 6))
        case _:
            world.short_pages = True
            hazards(page_cap=dice.randrange(1, 6))


def vendor_is_well(world: World, dice: Random) -> None:
    """End what was wrong at the vendor."""
    world.vendor.control.hazards()


def hooks_fail(world: World, dice: Random) -> None:
    """Have webhooks be lost, come twice, late, out of order, or from a stranger."""
    plan = {name: dice.choice([0, 0.3]) for name in ("dropped", "doubled", "forged")}
    world.vendor.control.hooks(**plan, shuffled=dice.random() < 0.5, late_s=dice.choice([0, 40]))


def events_fail(world: World, dice: Random) -> None:
    """Have the bus take nothing, or events come twice and out of order."""
    if dice.random() < 0.4:
        world.bus.refuses = dice.randrange(1, 6)
    elif world.bus.waiting:
        world.bus.waiting += dice.choices(world.bus.waiting, k=2)
        dice.shuffle(world.bus.waiting)


def poll_dies(world: World, dice: Random) -> None:
    """Kill a poll after some of its calls."""
    world.vendor.polls.pokes.poke(KEY)
    world.clock.advance(10)
    world.vendor.answer_signals(Knife(dice.randrange(30)))


def push_dies(world: World, dice: Random) -> None:
    """Kill a drain after some of its calls."""
    world.take_in()
    world.signals.wake_due()
    world.die_draining(dice.randrange(40))


def store_fails(world: World, dice: Random) -> None:
    """Have BigCommerce lose answers, refuse, fail, or carry a write out late."""
    name, params = dice.choice(
        [
            ("lost-reply", {}),
            ("server-error", {"status": 503}),
            ("quota-headers", {}),
            ("reset-mid-body", {}),
            ("batch-422", {}),
            ("partial-207", {}),
            ("image-fails", {}),
            ("applied-late", {"seconds": dice.choice([5, 60, 600])}),
        ]
    )
    calls = dice.randrange(1, 4)
    world.web.store.set_hazard(Hazard(name, remaining=calls, agent=OURS, params=params))


def store_is_well(world: World, dice: Random) -> None:
    """End what was wrong at BigCommerce."""
    world.web.store.clear_hazards()


def token_dies(world: World, dice: Random) -> None:
    """Have the vendor revoke the access token; now and then the refresh token, too, until a person connects again."""
    gone = dice.random() < 0.3
    world.vendor.control.revoke(refresh=gone)
    if gone:
        world.minutes(dice.randrange(3))
        world.vendor.connect_again()


def costs_are_hidden(world: World, dice: Random) -> None:
    """Connect with a token that sees no costs, and after a while with one that does: all is read again."""
    world.vendor.connect_again(costs=False)
    for _ in range(dice.randrange(4)):
        saves(world, dice)
        world.minutes()
    world.vendor.connect_again()
    if not world.vendor.went_back:
        world.adopt()


def goes_back(world: World, dice: Random) -> None:
    """Restore the account to lower versions; a person adopts them when polls have found out."""
    world.vendor.control.restore_backup(59_780_000 // (world.backups + 2))
    world.backups += 1
    for _ in range(dice.randrange(3)):
        dice.choice([saves, moves_stock])(world, dice)
        world.minutes()
    for _ in range(15):
        if world.vendor.went_back:
            world.adopt()
            return
        world.minutes()


def others_spend(world: World, dice: Random) -> None:
    """Have another user of our app spend most of the vendor's quota."""
    world.others_spent = True
    world.vendor.control.spend(dice.randrange(100, 340))


HAZARDS: Mapping[HazardAct, int] = {
    time_passes: 24,
    polled: 8,
    drained: 8,
    a_night: 2,
    late_commit: 4,
    between_calls: 4,
    vendor_fails: 4,
    vendor_is_well: 3,
    hooks_fail: 2,
    events_fail: 3,
    poll_dies: 5,
    push_dies: 5,
    store_fails: 5,
    store_is_well: 3,
    token_dies: 1,
    costs_are_hidden: 1,
    goes_back: 1,
    others_spend: 1,
}
