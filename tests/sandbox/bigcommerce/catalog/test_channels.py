"""The channels of a store."""

from tests.sandbox.bigcommerce.conftest import Api


def test_the_storefront_is_channel_1_with_tree_1(api: Api) -> None:
    assert [c["type"] for c in api.get("/channels?type:in=storefront").json()["data"]] == [
        "storefront"
    ]
    tree = api.get("/catalog/trees?channel_id:in=1").json()["data"]
    assert [(item["id"], item["channels"]) for item in tree] == [(1, [1])]
