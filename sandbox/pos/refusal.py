"""The POS's refusals, each with a code for programs and words for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class PosRefusal(Exception):
    """A request the POS will not carry out; nothing was changed."""

    def __init__(
        self,
        code: str,
        words: str,
        *,
        status: int = 422,
        existing_id: str | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.status = status
        self.existing_id = existing_id
        # Further members of the problem document.
        self.more = dict(more or {})


def not_found(product_id: str) -> PosRefusal:
    """Build the refusal for a product that does not exist or is deleted."""
    return PosRefusal("product_not_found", f"There is no product {product_id!r}.", status=404)
