"""Pages: which numbers and sizes are accepted."""

import pytest

from tests.sandbox.bigcommerce.conftest import Api


@pytest.mark.parametrize("query", ["page=0", "page=x", "limit=0", "limit=-1"])
def test_a_page_that_is_none_is_refused(api: Api, query: str) -> None:
    assert api.get(f"/catalog/products?{query}").status_code == 422
