"""Products as their pages show them: every state that there is, made of the rows of the made-up shop."""

from dataclasses import replace
from decimal import Decimal

from tests.fakes.history import FakeCallLines, FakeHistory
from tests.fakes.links import FakeLinks
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.findings import Difference
from tillbridge.domain.history.call_line import CallLine, MadeFor, ToldCall, call_key
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    HolderLevel,
    ProductLine,
)
from tillbridge.domain.ids import (
    PosProductId,
    PosVariantId,
    StoreId,
    StoreProductId,
    StoreVariantId,
)
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.usecases.console.product_shown import (
    FieldShown,
    FieldState,
    LevelShown,
    ProductShown,
    VariantShown,
    WaitingShown,
)

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
STATE = FieldState

APART, HUGE, SHUT, QUIET, SOLD, PARTED = "p-1007", "p-1009", "p-1002", "p-1100", "p-1012", "p-1014"
"""A product of which much differs, one of 600 variants, one that failed, one of which nothing is kept, one
that is promised on the web, and one that was unlinked."""

FORMATTED = (
    "<p>Rolled-rim <b>enamel</b> on steel, made in small batches.</p>\n<ul><li>Dishwasher safe</li>"
    "<li>350 ml</li></ul>"
    + "<p>Each mug is fired twice at 820 degrees, by hand, in Porto.</p>"
    * 12
)


def fields_of(row: ViewRow, *, sent_ms: int) -> list[FieldShown]:
    """Return a product's fields, equal on both sides."""

    def same(label: str, text: str, mode: Mode | None = Mode.ON) -> FieldShown:
        if mode is None:
            return FieldShown(label, None, None, text, STATE.NOT_OURS)
        return FieldShown(label, mode, text, text, STATE.SAME, text, sent_ms, label)

    return [
        same("name", row.name),
        same("description", "Plain and sturdy."),
        same("SKU", row.sku),
        same("price", row.price),
        same("cost", "4.10"),
        same("brand", row.maker, Mode.CREATE),
        same("UPC", "036000291452"),
        same("condition", "New"),
        same("stock", row.stock),
        same("visibility", "yes"),
        same("images", "1 picture"),
        FieldShown(
            "categories",
            Mode.CREATE,
            "Kitchen",
            "Kitchen, Gifts",
            STATE.ON_PURPOSE,
            "Kitchen",
            sent_ms,
        ),
        same("weight", "0.40 kg", None),
        same("sale price", "", None),
        same("tax code", "0", None),
        same("SEO", "Page title, search words", None),
        same("custom fields", "3 of them", None),
    ]


def shown_of(row: ViewRow | None, web: ViewRow | None, now_ms: int) -> ProductShown:
    """Return a product as its page shows it, by the rows of both sides."""
    it = row or web
    assert it is not None
    if row is None or not row.other:
        return _of_one_side(row, web, now_ms)
    product, number = PosProductId(row.id), StoreProductId(int(row.other))
    fields = fields_of(row, sent_ms=now_ms - 4 * MINUTE)
    made = ProductShown(
        product, number, row, web, tuple(fields), pos_seen_ms=now_ms, web_seen_ms=now_ms - 9 * HOUR
    )
    if row.id == APART:
        return _much_differs(made, now_ms)
    if row.id == HUGE:
        return replace(made, variants=tuple(a_variant(n, now_ms) for n in range(600)))
    if row.variants > 1:
        return replace(made, variants=tuple(a_variant(n, now_ms) for n in range(row.variants)))
    level = LevelShown(
        None, int(row.stock or 0), 0, 0, max(0, int(row.stock or 0)), max(0, int(row.stock or 0))
    )
    if row.id == SOLD:
        return replace(
            made,
            level=LevelShown(None, 5, 1, 1, 3, 4),
            promised="On hand 5, promised on the web 1: order 1041 of today, 09:12, which the till has not"
            " booked yet.",
        )
    return replace(made, level=level)


def of_text(text: str, now_ms: int) -> ProductShown:
    """Return a product that has the same, odd, text everywhere that a text can be."""
    row = ViewRow(
        "pos", "h-all", text, sku=text[:20], maker=text, state=RowState.LINKED, other="666"
    )
    row = replace(row, words=text, notes=(text,), price="1", stock="1", variants=2)
    fields = [
        FieldShown(
            label,
            Mode.ON,
            text,
            text + "!",
            state,
            text + "?",
            now_ms - DAY,
            "x",
            text,
            Difference("name", text, text + "!") if state is STATE.DIFFERS else None,
            Accepted("a", text, 1, why=text) if state is STATE.SAME else None,
        )
        for label, state in (
            ("name", STATE.DIFFERS),
            ("description", STATE.SAME),
            ("SKU", STATE.WAITS),
        )
    ]
    owned = FieldShown("SEO", None, None, text, STATE.NOT_OURS)
    variant = VariantShown(
        PosVariantId("v-1"), text, 7, (*fields, owned), LevelShown(None, 1, 0, 0, 1, 1)
    )
    waits = WaitingShown(Lane.ASKED, now_ms - MINUTE, 2, text, (text, "sale.completed"))
    return ProductShown(
        PosProductId("h-all"),
        StoreProductId(666),
        row,
        None,
        (*fields, owned),
        (variant, replace(variant, variant=PosVariantId("v-2"))),
        LevelShown(None, 1, 0, 0, 1, 2),
        (waits,),
        now_ms,
        now_ms,
        text,
    )


def a_variant(number: int, now_ms: int) -> VariantShown:
    """Return a variant; every ninetieth costs something else online, every fiftieth shows another level."""
    sku, price = f"TWL-LIN-{number:03}", f"{28 + number % 7}.00"
    online = "24.00" if number % 90 == 7 else price
    state = STATE.SAME if online == price else STATE.DIFFERS
    fields = (
        FieldShown("SKU", Mode.ON, sku, sku, STATE.SAME, sku, now_ms - DAY),
        FieldShown("price", Mode.ON, price, online, state, price, now_ms - DAY),
        FieldShown("UPC", Mode.ON, "", "", STATE.SAME, "", now_ms - DAY),
        FieldShown("weight", None, None, "0.30 kg", STATE.NOT_OURS),
    )
    units = number % 12
    level = LevelShown(
        PosVariantId(f"v-{number}"), units, 0, 0, units, units + (1 if number % 50 == 3 else 0)
    )
    return VariantShown(
        PosVariantId(f"v-{number}"),
        f"{('Small', 'Medium', 'Large')[number % 3]}, {('Sand', 'Rust', 'Plum', 'Slate')[number % 4]} {number}",
        5_000 + number,
        fields,
        level,
    )


def _of_one_side(row: ViewRow | None, web: ViewRow | None, now_ms: int) -> ProductShown:
    it = row or web
    assert it is not None
    fields = [
        replace(
            each,
            pos=each.pos if row else None,
            online=None if row else each.online,
            state=STATE.NOT_OURS if each.mode is None else STATE.UNKNOWN,
            sent=None,
            sent_ms=0,
        )
        for each in fields_of(it, sent_ms=0)
        if row is None or each.mode is not None
    ]
    if row is None:
        assert web is not None
        return ProductShown(
            None, StoreProductId(int(web.id)), None, web, tuple(fields), web_seen_ms=now_ms - HOUR
        )
    return ProductShown(
        PosProductId(row.id),
        None,
        row,
        None,
        tuple(fields),
        pos_seen_ms=now_ms - HOUR,
        linked_to=640 if row.id == PARTED else 0,
    )


def _much_differs(made: ProductShown, now_ms: int) -> ProductShown:
    changed = {
        "description": {
            "pos": "",
            "online": FORMATTED,
            "state": STATE.DIFFERS,
            "sent": "",
            "words": "Edited online; found today at 15:01.",
        },
        "price": {
            "mode": Mode.MANUAL,
            "online": "14.50",
            "state": STATE.DIFFERS,
            "sent": "14.50",
            "sent_ms": now_ms - 5 * DAY,
            "words": "Changed in the POS on 25 Nov.",
            "drift": Difference("price", "16.00", "14.50"),
            "undo_of": "Mia",
        },
        "stock": {"online": "73", "state": STATE.WAITS},
        "brand": {
            "online": "Kiln Street Pottery",
            "state": STATE.ON_PURPOSE,
            "accepted": Accepted(
                "a", "Mia", now_ms - DAY, now_ms + 6 * DAY, "Their name is longer"
            ),
        },
        "cost": {
            "online": None,
            "state": STATE.UNKNOWN,
            "mode": Mode.OFF,
            "sent": None,
            "sent_ms": 0,
        },
    }
    fields = tuple(
        replace(each, **changed.get(each.label, {}))  # type: ignore[arg-type]  # what is changed is a field's
        for each in made.fields
    )
    variants = tuple(
        replace(
            a_variant(n, now_ms),
            name=f"{('250', '350')[n % 2]} ml, {('Rust', 'Slate', 'Cream')[n % 3]}",
        )
        for n in range(5, 11)
    )
    waits = WaitingShown(Lane.STOCK, now_ms - 3_000, because=("sale.completed", "sale.completed"))
    return replace(made, fields=fields, variants=variants, waiting=(waits,), undo_of="Mia")


def put_stories(
    store: StoreId,
    history: FakeHistory,
    calls: FakeCallLines,
    links: FakeLinks,
    now_ms: int,
    text: str,
) -> None:
    """Keep what happened to some products of the shop: much to one, something odd to another."""
    calls.write(store, [_made(now_ms - 5 * DAY)])
    for product, number in ((APART, 245), (HUGE, 271)):
        many = range(600) if product == HUGE else range(5, 11)
        links.linked(store, _link(product, number, many))
        history.write(store, _story(PosProductId(product), StoreProductId(number), now_ms))
    odd = PosProductId("h-all")
    links.linked(store, replace(_link("h-all", 666, range(2)), name=text))
    history.write(store, [_odd(odd, did, place, now_ms, text) for place, did in enumerate(Did)])
    alone = ProductLine(
        now_ms - DAY,
        PosProductId(""),
        Did.LEFT_OUT,
        web=StoreProductId(902),
        by="Mia",
        job="job-3",
        words="It has 240 variants; an import takes 200.",
        because=_event("import", now_ms - DAY, "Mia"),
    )
    history.write(store, [alone])


def _link(product: str, number: int, variants: range) -> Link:
    return Link(
        PosProductId(product),
        LinkStatus.LINKED,
        StoreProductId(number),
        variants={
            PosVariantId(f"v-{n}"): LinkedVariant(
                StoreVariantId(5_000 + n), options=(("Colour", "Rust"), ("Size", f"{n}"))
            )
            for n in variants
        },
        name="x",
    )


def _made(at_ms: int) -> CallLine:
    put = CallMade("PUT /catalog/products", at_ms, status=200, ms=412, left=120)
    told = ToldCall(put, (MadeFor(PosProductId(APART), "asked"),), 11)
    return CallLine(at_ms, "a1b2c3d4", at_ms - 900, at_ms, (told,))


def _event(kind: str, at_ms: int, by: str = "", events: int = 1) -> Because:
    event = EventSeen("e-1", kind, at_ms - 2_000, at_ms - 1_500, 17, by)
    return Because(event, replace(event, id="e-9"), events)


def _story(product: PosProductId, number: StoreProductId, now_ms: int) -> list[ProductLine]:
    def line(ago_ms: int, did: Did, kind: str, by: str = "", **more: object) -> ProductLine:
        at_ms = now_ms - ago_ms
        because = _event(kind, at_ms, by, 2 if kind == "sale.completed" else 1) if kind else None
        return ProductLine(at_ms, product, did, because=because, by=by, version=17, **more)  # type: ignore[arg-type]  # more are those of a line

    levels = (HolderLevel(None, Decimal(71), Decimal(0), 0, 71),)
    variants = tuple(
        HolderLevel(PosVariantId(f"v-{n}"), Decimal(n), Decimal(0), 1, n - 1) for n in range(5, 9)
    )
    prices = [("12.90", 40), ("14.50", 5)]
    sends = [
        line(
            days * DAY,
            Did.UPDATED if days == 5 else Did.CREATED,
            "push.requested",
            "Mia",
            fields={
                "price": sent(Decimal(price)),
                "name": sent("Enamel mug, rust"),
                "description": sent(""),
            },
            job="01KAJ8Z3M0000000000041D0" if days == 5 else "",
            lane="asked",
            call=call_key(now_ms - 5 * DAY, "a1b2c3d4", 1) if days == 5 else "gone",
        )
        for price, days in prices
    ]
    return [
        line(2 * MINUTE, Did.REPAIRED, "", fields={"description": sent("Rolled-rim enamel")}),
        line(4 * MINUTE, Did.STOCK, "stock_order.completed", holders=variants, lane="stock"),
        line(3 * HOUR, Did.STOCK, "sale.completed", holders=levels, lane="stock"),
        line(
            2 * DAY,
            Did.PUT_OFF,
            "",
            words="BigCommerce answered 503. Tillbridge tries again.",
            lane="content",
        ),
        line(
            3 * DAY,
            Did.REFUSED,
            "product.saved",
            words="BigCommerce took no name of 269 characters.",
            code="name_too_long",
        ),
        line(4 * DAY, Did.UNCHANGED, "push.requested", "Sam", job="job-7"),
        *sends,
        line(41 * DAY, Did.LINKED, "link", "Mia", web=number),
        *(
            line(42 * DAY + n * HOUR, Did.STOCK, "sale.completed", holders=levels, lane="stock")
            for n in range(60)
        ),
    ]


def _odd(product: PosProductId, did: Did, place: int, now_ms: int, text: str) -> ProductLine:
    return ProductLine(
        now_ms - place * HOUR,
        product,
        did,
        because=_event(text, now_ms - place * HOUR, text, 3),
        by=text,
        job="01KAJ8Z3M0000000000041D0",
        lane="content",
        holders=(HolderLevel(None, Decimal(1), Decimal(0), 0, 1),),
        fields={"name": sent(text), "price": sent(Decimal(1))},
        words=text,
        web=StoreProductId(666),
    )
