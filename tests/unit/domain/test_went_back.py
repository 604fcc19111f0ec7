"""What a store says of a POS that went back."""

from tillbridge.domain.went_back import A_FEW, MOST_WENT_BACK, store_note


def test_a_few_say_it_on_their_own_links() -> None:
    assert store_note(0) == store_note(A_FEW) == ""


def test_more_than_a_few_are_told_of_the_store_with_both_remedies() -> None:
    said = store_note(A_FEW + 1)
    assert said.startswith(f"The POS shows {A_FEW + 1} products in an older version")
    assert "tillbridge reconcile --adopt" in said
    assert "push those" in said


def test_a_whole_pos_is_told_without_a_number_that_is_not_known() -> None:
    assert f"{MOST_WENT_BACK} or more products" in store_note(MOST_WENT_BACK + 50)
