"""What the POS refuses, with a code a program can read and words a person can."""

from __future__ import annotations


class PosRefusal(Exception):
    """A request the POS will not carry out; nothing was changed."""

    def __init__(
        self, code: str, words: str, *, status: int = 422, existing_id: str | None = None
    ) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.status = status
        self.existing_id = existing_id


def not_found(product_id: str) -> PosRefusal:
    """The refusal for a product the POS does not have (or has deleted)."""
    return PosRefusal("product_not_found", f"There is no product {product_id!r}.", status=404)
