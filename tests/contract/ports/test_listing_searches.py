"""What a search finds: by word, SKU, number, barcode and id, each product once."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import STORE
from tests.contract.ports.listed import Lists, a_row, shop, some_rows
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow

__all__ = ["shop"]


def test_a_search_finds_by_word_sku_number_barcode_and_id(shop: Lists) -> None:
    chair = a_row(
        1,
        "Oak Chair, &amp; cushion",
        sku="CH-1",
        skus=("CH-1", "CH-1-RED"),
        product_number="0077",
        barcodes=("4006381333931",),
    )
    shop.rows.put(STORE, [chair, a_row(2, "Rope")])

    for text in (
        "oak",
        "OAK CH",
        "chair,",
        "& cush",
        "cushion",
        "ch-1-r",
        "0077",
        "40063",
        "P-001",
    ):
        assert shop.found(text) == ["p-001"], text
    for text in ("hair", "oak  ch", "1-red", "77", "zzz"):
        assert shop.found(text) == [], text


def test_a_search_shows_a_product_once_though_many_of_its_terms_fit(shop: Lists) -> None:
    shop.rows.put(
        STORE, [a_row(n, f"Lamp lamp lamp {n}", skus=(f"LAMP-{n}", f"LAMPS-{n}")) for n in range(9)]
    )

    found = shop.found("lamp")
    assert sorted(found) == [f"p-{n:03d}" for n in range(9)]


def test_a_renamed_product_is_found_by_its_new_name_alone(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1, "Oak chair")])
    shop.rows.put(STORE, [a_row(1, "Ash chair")])

    assert shop.found("oak") == []
    assert shop.found("ash") == shop.found("chair") == ["p-001"]


def test_a_removed_product_is_found_no_more(shop: Lists) -> None:
    shop.rows.put(STORE, [ViewRow("web", "812", "Oak chair"), ViewRow("web", "813", "Oak desk")])
    shop.rows.remove(STORE, "web", ["812"])

    assert shop.found("oak", side="web") == ["813"]


def test_a_search_may_be_of_one_state(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1), a_row(2, state=RowState.LINKED), a_row(3)])

    assert shop.found("lamp", RowState.LINKED) == ["p-002"]


def test_a_long_text_finds_only_what_goes_on_like_it(shop: Lists) -> None:
    long = "Lamp of " + "very " * 20
    shop.rows.put(STORE, [a_row(1, f"{long}old oak"), a_row(2, f"{long}new oak")])

    assert shop.found(f"{long}old") == ["p-001"]


def test_every_id_that_fits_comes_once(shop: Lists) -> None:
    shop.rows.put(STORE, some_rows(130))

    everyone = [f"p-{n:03d}" for n in range(130)]
    assert sorted(shop.lists.ids(STORE, "pos", Question())) == everyone
    assert sorted(shop.lists.ids(STORE, "pos", Question("lamp"))) == everyone
    assert list(shop.lists.ids(STORE, "pos", Question("", RowState.LINKED))) == []


_WORDS = st.text("aäbß #&\u0301-.Z", min_size=1, max_size=9)


@given(
    name=st.lists(_WORDS, min_size=1, max_size=8).map(" ".join),
    codes=st.lists(_WORDS, max_size=3, unique=True),
    barcode=_WORDS,
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_product_is_found_by_all_it_is_known_by(
    shop: Lists, name: str, codes: list[str], barcode: str
) -> None:
    row = ViewRow("pos", "p-1", name, skus=tuple(codes), barcodes=(barcode,))
    shop.rows.put(STORE, [row, a_row(2, "Rope")])
    words = name.split()
    begins = [" ".join(words[place:]) for place in range(min(len(words), 8))]
    asked = [text for text in (*codes, barcode, row.id) if text.strip()]
    if "  " not in name:
        asked += begins
    for text in asked:
        assert "p-1" in shop.found(text), text
