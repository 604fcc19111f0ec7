"""Exact plans of the made-up shop, in each state."""

from dataclasses import replace

from tests.console.catalogue import HOSTILE, NOW_MS, SHOP
from tests.console.shop import OLIVIA, Shop
from tillbridge.domain.exact_plan import Does, Exact, ExactProduct, ExactState, with_page
from tillbridge.domain.findings import Difference
from tillbridge.domain.losses import Loss, LossKind
from tillbridge.domain.selection import Do, Selection

PLAN = "plan-1"
LAMP = (
    "<p>Hand-spun brass shade on a weighted base. Takes an E27 bulb, which is not in the box.</p>"
)


def a_loss(kind: LossKind, place: str, field: str, old: str, new: str = "", fall: int = 0) -> Loss:
    return Loss(kind, place, field, old, new, fall)


def changed(
    product: str, name: str, other: str, *found: Difference, **more: object
) -> ExactProduct:
    made = ExactProduct(
        product,
        name,
        other,
        Does.CHANGES if found else Does.SAME,
        differences=found,
        changes=len(found),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the values are those of ExactProduct


MUG = tuple(Difference("price", "16", "14.50", variant=f"v-{n}") for n in range(6))
PRODUCTS = (
    changed(
        "p-1005",
        "Brass desk lamp",
        "187",
        Difference("description", "", LAMP),
        losses=(a_loss(LossKind.BLANKS, "description", "description", LAMP),),
    ),
    changed(
        "p-1012",
        "Paper floor lamp",
        "191",
        Difference("description", "", "<p>Rice paper on a bamboo frame.</p>"),
        losses=(
            a_loss(
                LossKind.BLANKS,
                "description",
                "description",
                "<p>Rice paper on a bamboo frame.</p>",
            ),
        ),
    ),
    changed(
        "p-1013",
        "Stoneware vase, slate",
        "302",
        Difference("price", "15", "40"),
        losses=(a_loss(LossKind.LOWERS, "price", "price", "40", "15", 63),),
    ),
    changed("p-1001", "Ash dining chair", "214", Difference("price", "189", "179")),
    changed("p-1007", "Enamel mug, rust", "245", *MUG, Difference("stock", "71", "69")),
    changed("p-1009", "Linen bath towel", "271"),
    changed("h-0", HOSTILE[0], "900", Difference("name", HOSTILE[1], HOSTILE[2])),
    changed("h-7", HOSTILE[7], "901", Difference("description", "w" * 300, HOSTILE[7])),
    ExactProduct("p-1006", "Cork trivet, set of 2", does=Does.CREATES),
    ExactProduct(
        "p-1008", "Rug", "260", Does.ASIDE, "The POS has it no longer: a push leaves it as it is."
    ),
)


def planned(shop: Shop, *ids: str) -> Shop:
    """Let the shop have a plan."""
    chosen = ids or tuple(each.id for each in PRODUCTS)
    shop.plan(shop.deps, OLIVIA, SHOP, Do.PUSH, Selection("pos", ids=chosen))
    return shop


def being_made(shop: Shop, **values: object) -> Shop:
    """Let the plan be compared just now."""
    made = Exact(PLAN, told_ms=NOW_MS, done=250, total=2_000)
    shop.deps.exact.save(SHOP, replace(made, **values))  # type: ignore[arg-type]  # those of Exact
    return shop


def failed(shop: Shop) -> Shop:
    """Let the comparison have failed."""
    words = "BigCommerce no longer accepts this store's access token. Make a new API account."
    return being_made(shop, state=ExactState.FAILED, words=words)


def ready(shop: Shop, products: tuple[ExactProduct, ...] = PRODUCTS) -> Shop:
    """Let the plan be compared."""
    shop.deps.exact.add_page(SHOP, PLAN, 0, products[:250])
    for page, begin in enumerate(range(250, len(products), 250), start=1):
        shop.deps.exact.add_page(SHOP, PLAN, page, products[begin : begin + 250])
    exact = with_page(Exact(PLAN, total=len(products), told_ms=NOW_MS - 4_000), products)
    shop.deps.exact.save(SHOP, replace(exact, state=ExactState.READY))
    return shop
