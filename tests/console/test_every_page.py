"""What holds of every page, in every state."""

import re
from dataclasses import replace
from functools import cache

import pytest

from tests.builders import a_connection
from tests.console.catalogue import HOSTILE, SHOP
from tests.console.first_days import RUN, with_candidates
from tests.console.shop import OLIVIA, VERA, Shop
from tests.console.shop_states import HIDES, PUSHED, TAKEN, a_job, pushed_by_hand
from tests.console.store_states import troubled
from tests.console.test_connect import FILLED, lack
from tests.console.visits import TOKEN, S, Seen, visit
from tillbridge.console.pages.plain import sign_in_page, trouble_page
from tillbridge.console.static_files import files, static_address, static_file
from tillbridge.console.visit import Answer
from tillbridge.domain.connection import Pause, StoreState
from tillbridge.domain.jobs import JobState
from tillbridge.domain.pos_trouble import PosTrouble
from tillbridge.domain.selection import Do, Selection
from tillbridge.usecases.change_settings import change_settings
from tillbridge.usecases.console.plan_undo import plan_undo

P, W = f"{S}/products", f"{S}/web"
PRODUCT_PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "product": (f"{P}/p-1007", {}),
    "equal product": (f"{P}/p-1001", {}),
    "promised product": (f"{P}/p-1012", {}),
    "failed product": (f"{P}/p-1002", {}),
    "broken product": (f"{P}/p-1010", {}),
    "product of the POS alone": (f"{P}/p-1006", {}),
    "product of BigCommerce alone": (f"{W}/902", {}),
    "odd product": (f"{P}/h-all", {}),
    "variants": (f"{P}/p-1009", {"tab": "variants"}),
    "last variants": (f"{P}/p-1009", {"tab": "variants", "from": "999999"}),
    "one variant": (f"{P}/p-1009", {"tab": "variants", "variant": "v-7"}),
    "odd variants": (f"{P}/h-all", {"tab": "variants"}),
    "no variants": (f"{P}/p-1001", {"tab": "variants"}),
    "history": (f"{P}/p-1007", {"tab": "history"}),
    "odd history": (f"{P}/h-all", {"tab": "history"}),
    "history of BigCommerce alone": (f"{W}/902", {"tab": "history"}),
    "no history": (f"{P}/p-1001", {"tab": "history"}),
    "why": (f"{P}/p-1007", {"tab": "why", "field": "price"}),
    "why of a variant": (f"{P}/p-1009", {"tab": "why", "field": "stock", "variant": "v-5"}),
    "why of many": (f"{P}/p-1009", {"tab": "why", "field": "price"}),
    "odd why": (f"{P}/h-all", {"tab": "why", "field": "name"}),
    "why of what is theirs": (f"{P}/p-1001", {"tab": "why", "field": "weight"}),
    "why of BigCommerce alone": (f"{W}/902", {"tab": "why", "field": "price"}),
    "no such field": (f"{P}/p-1001", {"tab": "why", "field": "<b>"}),
    "no such product": (f"{P}/nobody", {}),
}
PAGES = {
    "POS view": (f"{S}/pos", {}),
    "Web view": (f"{S}/web", {}),
    "all selected": (f"{S}/pos", {"all": "1"}),
    "search": (f"{S}/pos", {"q": "ash"}),
    "hostile search": (f"{S}/pos", {"q": HOSTILE[0]}),
    "failed": (f"{S}/pos", {"status": "failed"}),
    "waiting": (f"{S}/pos", {"status": "waiting", "lane": "stock"}),
    "left out": (f"{S}/web", {"status": "left_out"}),
    "message": (f"{S}/pos", {"said": "comparing"}),
    "plan": (f"{S}/plans/plan-1", {}),
    "plan with a message": (f"{S}/plans/plan-1", {"said": "tick_each"}),
    "no plan": (f"{S}/plans/plan-99", {}),
    "job": (f"{S}/jobs/job-7", {}),
    "job of names": (f"{S}/jobs/job-8", {}),
    "no job": (f"{S}/jobs/none", {}),
    "job that can be undone": (f"{S}/jobs/{PUSHED}", {}),
    "undo": (f"{S}/undo", {"product": "p-1003"}),
    "undo of one that was made": (f"{S}/undo", {"product": "p-1011"}),
    "nothing to undo": (f"{S}/undo", {"product": "h-7"}),
    "no product to undo": (f"{S}/undo", {"product": "gone"}),
    "plan of an undo": (f"{S}/plans/plan-undo", {}),
    "jobs": (f"{S}/jobs", {}),
    "link": (f"{S}/link", {"pos": "p-1002"}),
    "link of a web product": (f"{S}/link", {"web": "812", "q": ""}),
    "no product to link": (f"{S}/link", {"pos": "gone"}),
    **PRODUCT_PAGES,
    "settings": (f"{S}/settings", {}),
    "removing": (f"{S}/remove", {}),
    "settings to change": (
        f"{S}/settings/change",
        {
            "seen": "2",
            "price": "manual",
            "default_department": HOSTILE[0],
            "safety_stock": HOSTILE[1],
        },
    ),
    "settings changed meanwhile": (f"{S}/settings/change", {"seen": "0", "cost": "off"}),
    "settings to restore": (f"{S}/settings/change", {"restore": "1"}),
    "pausing": (f"{S}/pause", {}),
    "token": (f"{S}/token", {}),
    "stores": ("/stores", {}),
    "overview": (S, {}),
    "problems": (f"{S}/problems", {}),
    "one cause": (f"{S}/problems", {"cause": "name_taken"}),
    "no such cause": (f"{S}/problems", {"cause": HOSTILE[0]}),
    "failed by one cause": (f"{S}/pos", {"status": "failed", "cause": "name_taken"}),
    "keys": ("/keys", {}),
    "connect": ("/stores/connect", {}),
    "first day": (f"{S}/first-day", {"said": "connected"}),
    "first links": (f"{S}/first-day/links/{RUN}", {}),
    "no comparison": (f"{S}/first-day/links/none", {}),
}


def _full(shop: Shop) -> Shop:
    """Return the shop with something of every kind of page."""
    shop.warned = (TAKEN, HIDES)
    shop.plan(
        shop.deps, OLIVIA, SHOP, Do.PUSH, Selection("pos", ids=tuple(f"h-{n}" for n in range(9)))
    )
    troubled(shop)
    change_settings(shop.deps, SHOP, HOSTILE[0], 0, {"default_department": HOSTILE[2]})
    change_settings(shop.deps, SHOP, "Sam", 1, {"safety_stock": "2"})
    pushed_by_hand(shop)
    undo = plan_undo(shop.deps, OLIVIA, SHOP, job=PUSHED)
    shop.plans.keep(replace(undo, id="plan-undo"), ())
    shop.progress["job-7"] = a_job()
    lines = a_job().lines
    named = tuple(
        type(lines[0])(f"h-{n}", name, "failed", words=name) for n, name in enumerate(HOSTILE)
    )
    shop.progress["job-8"] = a_job("job-8", state=JobState.ENDED, words=HOSTILE[1], lines=named)
    return shop


@pytest.fixture
def full(shop: Shop) -> Shop:
    return _full(shop)


def _seen(shop: Shop, name: str) -> Seen:
    path, query = PAGES[name]
    return visit(shop, path, asked=query)


OTHERS = ["connect refused", "viewer", "sign in", "trouble", "paused", "empty shop"]


@cache
def _read(name: str) -> Seen:
    """Return a page, made and read once for all that is asked of it: whoever changes its tree copies it."""
    with pytest.MonkeyPatch.context() as patch:
        match name:
            case "viewer":
                return visit(_full(Shop().play(patch)), f"{S}/pos", person=VERA)
            case "sign in":
                return Seen(Answer(sign_in_page("/stores/x/pos?q=<b>")))
            case "trouble":
                return Seen(Answer(trouble_page(503, "Busy", "<b>Wait</b>", 5)))
            case "paused":
                pause = Pause(HOSTILE[0], HOSTILE[1], 5)
                paused = a_connection(SHOP, state=StoreState.PAUSED, pause=pause)
                return visit(Shop(connection=paused).play(patch), f"{S}/pause")
            case "empty shop":
                return visit(Shop(empty=True).play(patch), f"{S}/pos")
            case "first day" | "first links":
                return _seen(with_candidates().play(patch), name)
            case "connect refused":
                shop = with_candidates().play(patch)
                lack(shop, "Products")
                return visit(shop, "/stores/connect", method="POST", form=FILLED)
            case _:
                return _seen(_full(Shop().play(patch)), name)


@pytest.fixture(params=[*PAGES, *OTHERS])
def seen(request: pytest.FixtureRequest) -> Seen:
    return _read(request.param)


def test_a_page_is_whole_and_fits_its_budget(seen: Seen) -> None:
    assert seen.answer.body.startswith("<!doctype html>")
    assert len(seen.answer.body.encode()) <= 100_000
    assert len(seen.tree.select("h1")) == 1
    assert seen.tree.html is not None
    assert seen.tree.html["lang"] == "en"
    assert len(seen.tree.select("main")) == 1


OF_A_STORE = [name for name, (path, _) in PAGES.items() if path.startswith(S)]


@pytest.mark.parametrize("name", OF_A_STORE)
def test_each_page_of_a_store_tells_of_the_trouble_of_its_pos(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    first = name in ("first day", "first links", "no comparison")
    shop = (with_candidates() if first else _full(Shop())).play(monkeypatch)
    account = shop.connection.pos_account.key
    trouble = PosTrouble(account, "pos_token_dead", "Renew it in the POS.")
    shop.stores.troubles[SHOP] = trouble
    seen = _seen(shop, name)
    told = "This store needs attention. Renew it in the POS."
    found = seen.texts("[aria-label='State of the store'] span")
    assert found == ([] if seen.answer.status == 404 else [told])


def test_nothing_runs_but_our_own_files(seen: Seen) -> None:
    tree = seen.tree
    assert [
        each
        for each in tree.select("script")
        if not str(each.get("src", "")).startswith("/static/")
    ] == []
    assert tree.select("style, [style], iframe, object, embed, base, meta[http-equiv]") == []
    odd = [
        (tag.name, name)
        for tag in tree.find_all()
        for name in tag.attrs
        if name.startswith("on")
        or str(tag.attrs[name]).lower().startswith(("javascript:", "data:"))
        if name in ("href", "src", "action", "formaction") or name.startswith("on")
    ]
    assert odd == []


def test_a_title_and_one_heading_say_where_one_is(seen: Seen) -> None:
    (title,) = seen.texts("title")
    (heading,) = seen.texts("h1")
    assert heading
    assert title.endswith(" · Tillbridge")
    if not seen.tree.select(".menu a[href$='/settings']"):
        return
    assert SHOP in title, "a tab of the browser tells one store from another"
    here = seen.tree.select("nav[aria-label=Pages] a[aria-current], .menu a[aria-current=page]")
    gone = seen.tree.select(".empty h1")
    assert len(here) == 1 or (gone and seen.tree.select(".empty a.b")), "and a way back"


def test_one_button_of_a_page_is_solid_at_most(seen: Seen) -> None:
    # The bar of what is ticked has its own; while it is there, the head's is an outline.
    solid = [each for each in seen.tree.select(".b.solid") if not each.find_parent(class_="bar")]
    assert len(solid) <= 1


def test_every_form_that_is_sent_carries_the_token(seen: Seen) -> None:
    sent = seen.tree.select("form[method=post]")
    assert [each for each in sent if not each.select(f"input[name=token][value={TOKEN}]")] == []
    searches = seen.tree.select("form[method=get]")
    assert [each for each in searches if each.select("[name=token]")] == []
    assert len(sent) + len(searches) == len(seen.tree.select("form"))


def test_every_field_and_button_has_a_name(seen: Seen) -> None:
    tree = seen.tree
    fields = tree.select("input:not([type=hidden]), select, textarea")
    unnamed = [
        str(field)
        for field in fields
        if not field.get("aria-label")
        and not (field.find_parent("label") and field.find_parent("label").get_text(strip=True))  # type: ignore[union-attr]  # found just before
        and not tree.select(f"label[for='{field.get('id')}']")
    ]
    assert unnamed == []
    pressed = tree.select("button, a[href], summary")
    assert [
        str(each)
        for each in pressed
        if not each.get("aria-label") and not each.get_text(strip=True)
    ] == []


def test_ids_are_given_once_and_what_is_skipped_to_is_there(seen: Seen) -> None:
    ids = seen.values("[id]", "id")
    assert len(ids) == len(set(ids))
    skip = seen.values("a.skip", "href")
    assert all(each.removeprefix("#") in ids for each in skip)


def test_every_address_of_a_page_is_one_that_is_answered(seen: Seen) -> None:
    from tillbridge.console.routes import ROUTES

    known = [re.sub(r"\{\w+\}", "[^/]+", route.path) for route in ROUTES]
    known += ["/sign-out", "/sign-in", "/static/[0-9a-f]+/[a-z.]+", "/pictures/.*"]
    addresses = seen.values("a[href]", "href") + seen.values("form", "action")
    addresses += seen.values("link", "href") + seen.values("script", "src")
    paths = [each.split("?")[0] for each in addresses if not each.startswith("#")]
    assert [path for path in paths if not any(re.fullmatch(one, path) for one in known)] == []


@pytest.mark.parametrize("name", ["POS view", "plan", "job of names"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_exactly_its_text(full: Shop, name: str, text: str) -> None:
    shown = [each.get_text() for each in _seen(full, name).tree.select(".title bdi, bdi.title")]
    # The first page of a list need not have each of them: search for the row.
    found = visit(full, f"{S}/pos", q=text) if name == "POS view" else None
    if found is not None:
        shown = [each.get_text() for each in found.tree.select("bdi.title")]
    assert text in shown


def test_a_hostile_search_is_only_ever_text(full: Shop) -> None:
    seen = visit(full, f"{S}/pos", q='"><script>x</script>')
    assert seen.values("#q", "value") == ['"><script>x</script>']
    assert len(seen.tree.select("script:not([src])")) == 0


def test_the_files_are_small_and_their_address_changes_with_them() -> None:
    sizes = {name: len(content) for name, (_, _, content) in files().items()}
    assert sizes["console.css"] <= 15_000
    assert all(
        size <= 4_000
        for name, size in sizes.items()
        if name.endswith(".css") and name != "console.css"
    )
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= 20_000
    assert sizes["icons.svg"] <= 6_000
    digest = files()["console.css"][0]
    assert static_address("console.css") == f"/static/{digest}/console.css"
    assert static_file(digest, "icons.svg") is not None
    assert static_file("0" * 16, "icons.svg") is None
    assert static_file(digest, "../render.py") is None


def test_every_icon_that_pages_use_is_in_the_sprite() -> None:
    from tillbridge.console import words

    sprite = files()["icons.svg"][2].decode()
    drawn = set(re.findall(r'symbol id="(\w+)"', sprite))
    used = {icon.split("#")[1] for name in PAGES for icon in _read(name).values("use", "href")}
    used |= set(words.ICONS.values()) | {each.icon for each in words.OUTCOMES.values()}
    assert used <= drawn


def test_no_word_on_a_page_is_of_the_kind_that_we_do_not_use(seen: Seen) -> None:
    page = Seen(seen.answer)
    for tag in page.tree.select("bdi, .note, .prod, caption, option, label"):
        tag.decompose()
    words = page.text.lower()
    assert not re.search(r"successfully|oops|please|n/a", words)
