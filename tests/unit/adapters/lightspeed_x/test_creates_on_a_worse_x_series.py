"""Creates in an X-Series that answers worse than its text: made once, or told in words what stands in the way."""

from dataclasses import replace

import pytest

from tests.lightspeed_imports import LAMP, SOCKS, CatalogueLab
from tillbridge.domain.errors import LostReply, Refused, RetryLater
from tillbridge.domain.new_product import NewProduct
from tillbridge.ports.pos_catalogue import Taken

PLAIN = replace(LAMP, brand="")


@pytest.mark.parametrize("how", ["cut", "502", "page", "empty"])
@pytest.mark.parametrize("wanted", [PLAIN, SOCKS], ids=["simple", "a family"])
def test_a_create_whose_answer_nobody_can_read_is_made_once(
    lab: CatalogueLab, how: str, wanted: NewProduct
) -> None:
    def strike() -> None:
        lab.control.hazards(broken=1, broken_as=how)

    for name in ("Size", "Colour"):
        lab.account.names.attributes.ensure(name)
    if wanted is SOCKS:
        lab.account.hazards.after("GET /variant_attributes", strike)
    else:
        strike()
    with pytest.raises(RetryLater):
        lab.catalogue().create(wanted, again=False)
    assert len(lab.in_shop()) == 1
    made = lab.catalogue().create(wanted, again=True)
    assert len(lab.in_shop()) == 1
    assert made.id in {row.root_id for row in lab.account.book.products.every()}


@pytest.mark.parametrize("how", ["message", "error", "errors", "list", "page", "empty"])
def test_a_taken_name_is_known_whatever_a_refusal_says(lab: CatalogueLab, how: str) -> None:
    lab.cloud.save_product("p-lamp", name="LAMP ", sku="L")  # no poll has seen it yet
    lab.control.hazards(refusal_as=how)
    with pytest.raises(Taken) as taken:
        lab.catalogue().create(LAMP, again=False)
    assert (taken.value.what, taken.value.holder) == ("name_taken", lab.member("p-lamp"))


@pytest.mark.parametrize("how", ["message", "error", "errors", "list", "page", "empty"])
def test_a_refusal_says_something_whatever_its_body(lab: CatalogueLab, how: str) -> None:
    lab.control.hazards(refusal_as=how)
    with pytest.raises(Refused) as refused:
        lab.catalogue().create(replace(LAMP, vendor_id="nobody"), again=False)
    assert refused.value.said.strip()
    assert "<" not in refused.value.said


def test_texts_that_the_pos_cuts_are_read_back_as_they_are(lab: CatalogueLab) -> None:
    lab.control.hazards(longest_text=12)
    named = replace(LAMP, name="Lamp with a long name", sku="P0000000000019")
    catalogue = lab.catalogue()
    made = catalogue.create(named, again=False)
    record = catalogue.read_back([made])[made.id].record
    assert (record.name, record.sku) == (
        "Lamp with a ",
        "P00000000000",
    ) or record.name == "Lamp with a"


def test_what_reads_show_late_is_found_when_they_do(lab: CatalogueLab) -> None:
    lab.control.hazards(lose_creates=1)
    lab.control.hold_commits()
    with pytest.raises(LostReply):
        lab.catalogue().create(LAMP, again=False)
    with pytest.raises(RetryLater):
        lab.catalogue().create(LAMP, again=True)
    lab.control.commit()
    lab.catalogue().create(LAMP, again=True)
    assert [name for name, _ in lab.in_shop()] == ["Lamp"]
