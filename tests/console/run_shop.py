"""Comparisons of the made-up shop, in each state."""

from collections import Counter

from tests.console.catalogue import HOSTILE, NOW_MS, SHOP
from tests.console.shop import Shop
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.breaker import tally
from tillbridge.domain.findings import Code, Difference, Finding
from tillbridge.domain.run import Result, Run, Stage

HELD, UNDER_WAY, CLEAN = "1795262400000-0a1b", "1795262400009-0a1c", "1795262300000-0a1d"
NOTE = (
    "Nothing was repaired: 5 of 20 linked products would be changed (more than 10 %). Check `tillbridge drift`. If the"
    f" repair is right, run `tillbridge reconcile --approve {HELD}`."
)
MUG = tuple(Difference("price", "16", "14.50", variant=f"v-{n}") for n in range(6))
FINDINGS = (
    Finding(Code.ONLY_ONLINE, "", 901, "Gift card"),
    Finding(
        Code.FIELD,
        "p-1001",
        214,
        "Ash dining chair",
        (Difference("price", "189", "179"),),
        repairable=True,
    ),
    Finding(
        Code.FIELD,
        "h-0",
        900,
        HOSTILE[0],
        (Difference("description", HOSTILE[1], HOSTILE[2]),),
        repairable=True,
    ),
    Finding(
        Code.STOCK,
        "p-1007",
        245,
        "Enamel mug, rust",
        (*MUG, Difference("stock", "71", "69")),
        repairable=True,
    ),
    Finding(Code.GONE_ONLINE, "p-1010", 288, "Linen cushion cover, plum"),
    Finding(
        Code.FIELD,
        "h-7",
        901,
        HOSTILE[7],
        (Difference("name", HOSTILE[7], HOSTILE[8]),),
        repairable=True,
    ),
)


def a_run(name: str, **values: object) -> Run:
    began = int(name.split("-", maxsplit=1)[0])
    usual = {"full": True, "stage": Stage.ENDED, "ended_ms": began + 100_000, "compared": 590}
    return Run(name, began, **{**usual, **values})  # type: ignore[arg-type]  # those of Run


def compared(shop: Shop, findings: tuple[Finding, ...] = FINDINGS, **values: object) -> Shop:
    """Let the shop have a run that the breaker holds, and one that found nothing."""
    held = a_run(
        HELD,
        result=Result.WAITING,
        note=NOTE,
        found=Counter(each.code.value for each in findings),
        tally=tally(findings),
        **values,
    )
    for begin in range(0, len(findings), 250):
        shop.deps.runs.add_page(SHOP, HELD, held.pages, findings[begin : begin + 250])
        held.pages += 1
    shop.deps.runs.save(SHOP, held)
    shop.deps.runs.save(SHOP, a_run(CLEAN, full=False, result=Result.CLEAN))
    return shop


def under_way(shop: Shop) -> Shop:
    """Let a run be under way, which waits for BigCommerce."""
    made = Run(UNDER_WAY, NOW_MS - 60_000, full=True, compared=250)
    made.note = "The run waits: BigCommerce answers 503."
    shop.deps.runs.save(SHOP, made)
    return shop


def many(shop: Shop) -> Shop:
    """Let a run have found three thousand differences."""
    found = tuple(
        Finding(
            Code.FIELD,
            f"p-{n}",
            n + 1,
            f"Lamp {n}",
            (Difference("price", "2", "1"),),
            repairable=True,
        )
        for n in range(3_000)
    )
    return compared(shop, found)


def let_stay(shop: Shop) -> Shop:
    """Let one difference of the mug stay."""
    said = Accepted("any", "Olivia Marsh", NOW_MS - 60_000, NOW_MS + 86_400_000, HOSTILE[1])
    shop.deps.runs.accept(SHOP, "p-1007", {"stock": said})
    return shop
