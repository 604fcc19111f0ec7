"""For each fact of the sandbox's page a client that does the obvious. `heeds`: it knows the fact. Each returns whether what
it believes in the end is so; nothing here is ours."""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

from sandbox.lightspeed_x.hooks.sender import Sender
from tests.sandbox.lightspeed_x.conftest import Shop, a_mug, a_shirt
from tests.sandbox.lightspeed_x.test_hooks_are_told_and_not_to_be_trusted import Receiver, subscribe
from tests.sandbox.lightspeed_x.test_tokens_are_granted_once_each import pair, refresh

VASE = {"name": "Vase", "sku": "VASE1", "price_excluding_tax": 12.5}

type Client = Callable[[Shop, bool], bool]


def ends_at_a_short_page(shop: Shop, heeds: bool) -> bool:
    """Read on until a page is empty; or until one is not full."""
    a_mug(shop)
    a_shirt(shop)
    shop.control.hazards(page_cap=2)
    found: list[str] = []
    after, asked = 0, 200
    while rows := shop.rows(f"after={after}&page_size={asked}"):
        found += [row["sku"] for row in rows]
        after = rows[-1]["version"]
        if not heeds and len(rows) < asked:
            break
    return sorted(found) == ["MUG1", "SHIRT-M", "SHIRT-S"]


def reads_what_changed_without_tombstones(shop: Shop, heeds: bool) -> bool:
    """Take a product for living until a row says otherwise."""
    a_mug(shop)
    known = {row["sku"]: row for row in shop.rows()}
    after = max(row["version"] for row in known.values())
    shop.cloud.delete_product("p-mug")
    wanted = "&deleted=true" if heeds else ""
    known |= {row["sku"]: row for row in shop.rows(f"after={after}{wanted}")}
    return "deleted_at" in known["MUG1"]


def reads_many_in_one_call(shop: Shop, heeds: bool) -> bool:
    """Ask for several products: each by its id, or all at once by the search."""
    a_mug(shop)
    a_shirt(shop)
    ids = [row["id"] for row in shop.rows()]
    if heeds:
        return [shop.get(f"/products/{each}")["data"]["id"] for each in ids] == ids
    asked = "&".join(f"_id={each}" for each in ids)
    return shop.call("GET", f"/search?type=products&{asked}").ok


def pages_levels_without_asc(shop: Shop, heeds: bool) -> bool:
    """Read levels page by page, from the highest version of each page on."""
    for number in range(4):
        a_mug(shop, f"p-{number}", name=f"Mug {number}", sku=f"MUG{number}")
    found: set[str] = set()
    after, order = 0, {"sort_direction": "asc"} if heeds else {}
    while rows := shop.post("/inventory", {"after": after, "size": 3, **order}):
        found |= {row["id"] for row in rows}
        after = max(row["version"] for row in rows)
    return len(found) == 8


def takes_what_is_not_listed_for_sold_out(shop: Shop, heeds: bool) -> bool:
    """Ask for the levels of a product that the till does not show; no row is a level of nought."""
    a_mug(shop, active=False)
    asked = {"product_ids": [shop.account.member_id("p-mug")]}
    rows = shop.post("/inventory_levels", asked | ({"include_inactive": True} if heeds else {}))
    return bool(sum(row["current_inventory_level"] for row in rows) == 5)


def takes_the_parent_for_a_frame(shop: Shop, heeds: bool) -> bool:
    """List what can be sold of a family."""
    a_shirt(shop)
    sold = [row["sku"] for row in shop.rows() if heeds or not row["has_variants"]]
    return sorted(sold) == ["SHIRT-M", "SHIRT-S"]


def creates_again_when_an_answer_is_lost(shop: Shop, heeds: bool) -> bool:
    """Try once more, and take a refusal for the end; or look for the SKU first."""
    shop.control.hazards(lose_creates=1)
    assert not shop.call("POST", "/products", VASE).ok
    there = bool(shop.rows("sku=VASE1"))
    made = there if heeds else shop.call("POST", "/products", VASE).ok
    return made is there


def takes_a_missing_cost_for_none(shop: Shop, heeds: bool) -> bool:
    """Keep the cost of a product up to date with a token that may not see it."""
    a_mug(shop, cost="4.10")
    shop.control.grant(["products:read"])
    kept = 4
    (row,) = shop.rows()
    if "supply_price" in row or not heeds:
        kept = int(row.get("supply_price", 0))
    return kept == 4


def takes_a_token_for_one_that_may_do_all(shop: Shop, heeds: bool) -> bool:
    """Say that an account is connected when it says its name; or when each route lets us in."""
    shop.control.grant(["retailer:read", "products:read"])
    needed = ("/retailer", "/products", "/outlets") if heeds else ("/retailer",)
    connected = all(shop.call("GET", path).ok for path in needed)
    return connected is shop.call("GET", "/outlets").ok


def waits_for_hooks(shop: Shop, heeds: bool) -> bool:
    """Know a level from hooks alone; or read what changed all the same."""
    a_mug(shop)
    receiver = Receiver(shop)
    subscribe(shop, "inventory.update")
    shop.cloud.inventory_count([{"product_id": "p-mug", "counted": "2"}], outlet_id="o-main")
    known = 5
    receiver.deliver()
    if receiver.calls:
        known = receiver.payload()["count"]
    if heeds:
        known = next(int(row["current_inventory_level"]) for row in shop.levels()[-1:])
    return known == 2


def believes_whoever_calls(shop: Shop, heeds: bool) -> bool:
    """Count the webhooks that are the vendor's."""
    access, _, _ = shop.account.tokens.issue(shop.account.config.scopes)
    subscribe(shop, "product.update", headers={"Authorization": f"Bearer {access}"})
    shop.control.hooks(forged=1)
    a_mug(shop)
    believed: list[bytes] = []
    secret = shop.account.config.client_secret.encode()

    def take(_: str, body: bytes, headers: dict[str, str]) -> int:
        digest = b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode()
        if not heeds or f"signature={digest}," in headers["X-Signature"]:
            believed.append(body)
        return 204

    genuine = sum(each.genuine for each in Sender(shop.account, take).deliver())
    return len(believed) == genuine


def refreshes_with_the_first_token(shop: Shop, heeds: bool) -> bool:
    """Renew twice: with the refresh token that came last, or with the one from the beginning."""
    first = pair(shop)["refresh_token"]
    second = refresh(shop, first).json()["refresh_token"]
    return refresh(shop, second if heeds else first).ok


def reads_retry_after_as_seconds(shop: Shop, heeds: bool) -> bool:
    """Wait as the answer says, and a second where it says no number; then call again."""
    shop.control.spend(350)
    told = shop.call("GET", "/outlets").headers["Retry-After"]
    seconds = float(told) if told.isdigit() else 1.0
    if heeds:
        seconds = parsedate_to_datetime(told).timestamp() - shop.clock.now
    shop.clock.now += seconds
    return shop.call("GET", "/outlets").ok


def assigns_the_first_category_of_a_name(shop: Shop, heeds: bool) -> bool:
    """Put a product into a category, be it one with others below it."""
    tree = [
        {"name": "Home", "payload_id": "h"},
        {"name": "Home", "payload_parent_category_id": "h"},
    ]
    shop.post("/product_categories/bulk", {"categories": tree})
    rows = shop.get("/product_categories")["data"]["categories"]
    chosen = next(row for row in rows if row["leaf_category"] or not heeds)
    return shop.call("POST", "/products", VASE | {"product_category_id": chosen["id"]}).ok


def compares_code_types_with_the_enum(shop: Shop, heeds: bool) -> bool:
    """Take a barcode from the codes of a row."""
    a_mug(shop, barcodes=[{"type": "UPC", "code": "036000291452"}])
    codes = shop.rows()[0]["product_codes"]
    found = [
        each["code"] for each in codes if (each["type"].upper() if heeds else each["type"]) == "UPC"
    ]
    return found == ["036000291452"]


def believes_a_200(shop: Shop, heeds: bool) -> bool:
    """Read the SKU of a product after the version that was asked for has ended; or see that its key is gone."""
    a_mug(shop)
    shop.control.expire("2026-07")
    (row,) = shop.call("GET", "/products").json()["data"]
    if heeds and "sku" not in row:
        return True  # it stops, and says so
    return bool(row.get("sku", "") == "MUG1")


CLIENTS: Mapping[int, Client] = dict(
    enumerate(
        (
            ends_at_a_short_page,
            reads_what_changed_without_tombstones,
            reads_many_in_one_call,
            pages_levels_without_asc,
            takes_what_is_not_listed_for_sold_out,
            takes_the_parent_for_a_frame,
            creates_again_when_an_answer_is_lost,
            takes_a_missing_cost_for_none,
            takes_a_token_for_one_that_may_do_all,
            waits_for_hooks,
            believes_whoever_calls,
            refreshes_with_the_first_token,
            reads_retry_after_as_seconds,
            assigns_the_first_category_of_a_name,
            compares_code_types_with_the_enum,
            believes_a_200,
        ),
        1,
    )
)
"""By the number of the fact."""
