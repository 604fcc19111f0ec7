"""What a made-up shop sells: every state and every kind of name, in the POS and in BigCommerce."""

from collections.abc import Iterator
from dataclasses import replace

from tests.fakes.clock import START_MS
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import POS, WEB, RowState, ViewRow

SHOP = StoreId("harbour-hearth")

NOW_MS = START_MS

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{7*7}} ${7*7} {% raw %}",
    "=HYPERLINK(“http://evil”)",
    "مصباح مكتب من النحاس",
    "\u202egnp.tac",
    "W" * 240,
    "javascript:alert(1)",
)

_CATALOGUE = (
    "Ash dining chair|Nord Hout|CHR-ASH-01|189|14|linked|214",
    "Ash dining stool|Nord Hout|STL-ASH-02|96|6|failed|",
    "Beeswax candle, tall|Lumen & Co|CDL-BW|12|58|linked|231|18|3",
    "Beeswax candle, travel tin|Lumen & Co|CDL-BW-T|9.5|0|linked|232",
    "Brass desk lamp|Foundry Lane|LMP-BRS-11|148|3|linked|187",
    "Cork trivet, set of 2|Harbour & Hearth|TRV-CRK-2|14.5|32|not_linked|",
    "Enamel mug, rust|Kiln Street|MUG-ENM|16|71|linked|245||6",
    "Hand-knotted wool rug, kilim pattern, 170 by 240 cm, reversible, moth-proofed, with a cotton warp|Atlas Weavers|RUG-KLM-170|1240|1|linked|260",
    "Linen bath towel|Flax & Fold|TWL-LIN|28|112|linked|271|42|8",
    "Linen cushion cover, plum|Flax & Fold|CSH-LIN-P|34|9|broken|288",
    "Oak bread board|Nord Hout|BRD-OAK|45|17|linked|290",
    "Paper floor lamp|Foundry Lane|LMP-PPR|120|-2|linked|191",
    "Stoneware vase, slate|Kiln Street|VAS-STN|15|5|linked|302",
    "Wool throw, oatmeal|Atlas Weavers|THR-WOL|89|21|not_linked|",
)

_MORE = (
    "Copper kettle",
    "Glass carafe",
    "Iron hook",
    "Jute basket",
    "Maple spoon",
    "Slate coaster",
)

NAME_TAKEN = (
    "BigCommerce already has “Ash dining stool” (#812). Link to it, or rename this one in the POS."
)

_GONE = "It was deleted online (#288). Make it again, or unlink it."


def pos_rows() -> Iterator[ViewRow]:
    """Yield the shop's products: some sixty, nine of them with hostile names."""
    for number, line in enumerate(_CATALOGUE):
        yield _row(f"p-{1001 + number}", line)
    for number, name in enumerate(HOSTILE):
        yield ViewRow(POS, f"h-{number}", name, sku=name[:20], price="1", stock="1", maker=name)
    for number in range(36):
        name = f"{_MORE[number % 6]}, no. {number // 6 + 1}"
        yield _row(
            f"p-{1100 + number}",
            f"{name}|Harbour & Hearth|X-{number}|{5 + number}|{number}|linked|{400 + number}",
        )


def _row(product: str, line: str) -> ViewRow:
    name, maker, sku, price, stock, state, other, *rest = [*line.split("|"), "", ""]
    words = {"failed": NAME_TAKEN, "broken": _GONE}.get(state, "")
    return ViewRow(
        POS,
        product,
        name,
        sku=sku,
        skus=(sku,),
        price=price,
        stock=stock,
        state=RowState(state),
        other=other,
        words=words,
        code={"failed": "name_taken", "broken": "deleted_online"}.get(state, ""),
        holder="812" if state == "failed" else "",
        synced_ms=NOW_MS - 2 * MINUTE * (1 + int(other) % 7) ** 3 if other else 0,
        maker=maker,
        price_to=rest[0],
        variants=int(rest[1] or "1"),
        image=f"/pictures/{sku}.svg" if state != "not_linked" else "",
    )


def web_rows() -> Iterator[ViewRow]:
    """Yield BigCommerce's products: those that are linked, and some that the POS does not have."""
    for row in pos_rows():
        if row.state is RowState.LINKED:
            yield replace(row, side=WEB, id=row.other, other=row.id)
    yield ViewRow(WEB, "812", "Ash dining stool", sku="STL-ASH-02", price="99", stock="4")
    yield ViewRow(WEB, "901", "Gift card", sku="", price="25", stock="")
    yield ViewRow(
        WEB,
        "902",
        "T-shirt, 240 prints",
        sku="TSH",
        price="19",
        stock="400",
        state=RowState.LEFT_OUT,
        code="refused",
        words="It has 240 variants; an import takes 200. Split the product in BigCommerce.",
    )
