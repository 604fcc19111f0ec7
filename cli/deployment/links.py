"""The links of a store."""

from collections.abc import Iterator

from cli.deployment.target import Target
from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.link_items import link_of
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link import Link


def each_link(target: Target, store: StoreId) -> Iterator[Link]:
    """Yield every link of a store, page by page."""
    items = bulk.query_all(
        target.client("dynamodb"),
        TableName=target.outputs["links_table"],
        KeyConditionExpression="pk = :pk AND begins_with(sk, :link)",
        ExpressionAttributeValues={":pk": {"S": store}, ":link": {"S": keys.link("")}},
    )
    yield from map(link_of, items)


def every_link(target: Target, store: StoreId) -> dict[PosProductId, Link]:
    """Return every link of a store, by POS product."""
    return {link.product: link for link in each_link(target, store)}


def has_links(target: Target, store: StoreId) -> bool:
    """Return whether a store has any link."""
    answer = target.client("dynamodb").query(
        TableName=target.outputs["links_table"],
        KeyConditionExpression="pk = :pk AND begins_with(sk, :link)",
        ExpressionAttributeValues={":pk": {"S": store}, ":link": {"S": keys.link("")}},
        Limit=1,
    )
    return bool(answer["Items"])
