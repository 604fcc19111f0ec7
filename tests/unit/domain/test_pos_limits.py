"""What a POS can hold is asked of its kind (domain/pos_limits.py)."""

from dataclasses import replace

import pytest

from tests.builders import a_web_product
from tillbridge.domain.importing import carried, pos_name
from tillbridge.domain.pos_account import PosKind
from tillbridge.domain.pos_limits import CONTRACT, limits_of


@pytest.mark.parametrize("kind", list(PosKind))
def test_every_kind_has_limits(kind: PosKind) -> None:
    assert limits_of(kind).variants > 0


def test_a_name_is_no_longer_than_the_pos_takes_and_never_blank() -> None:
    short = replace(CONTRACT, name=6)
    assert pos_name(a_web_product(name=" Storm Lantern "), short) == "Storm"
    assert pos_name(a_web_product(7, name="  "), short) == "BigCommerce product 7"


def test_a_message_carries_one_character_more_than_the_pos_takes() -> None:
    """That still shows that a description was too long."""
    web = carried(a_web_product(description="x" * 50), replace(CONTRACT, description=20))
    assert (web.description, web.left_out) == ("x" * 21, 29)
