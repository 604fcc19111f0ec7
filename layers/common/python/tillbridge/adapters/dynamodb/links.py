"""Links in DynamoDB: one item per POS product, and a reverse row per BigCommerce product."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, override
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.blocks import Blocks
from tillbridge.adapters.dynamodb.errors import ConditionFailed, TransactionCancelled, busy_words
from tillbridge.adapters.dynamodb.link_items import (
    accepted_values,
    doubt_values,
    image_values,
    link_of,
    link_values,
    refusal_values,
    stock_values,
)
from tillbridge.adapters.dynamodb.link_rows import ABSENT, LinkRows
from tillbridge.adapters.dynamodb.statements import Condition, Refused
from tillbridge.domain.errors import Conflict, RetryLater
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link, LinkStatus
from tillbridge.ports.links import Blocked, Links

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_RACES = 10
_THERE = "attribute_exists(#pk)"
_SAME = "#id = :id"
_MAY_BEGIN = f"{ABSENT} OR (#status IN (:failed, :broken) AND attribute_not_exists(#id))"
_STILL_BROKEN = "#status = :broken AND #id = :old"
_SAME_VERSIONS = f"{_SAME} AND #content_version = :content AND #stock_version = :stock"
_NO_IMAGES_GO = "attribute_not_exists(#images_seen) AND #images = :images"
_NOTHING_NEWER_TAKEN = "#content_version <= :failed_version"
_STATES = {"failed": LinkStatus.FAILED.value, "broken": LinkStatus.BROKEN.value}


class DynamoLinks(Links):
    """All links of all stores; a store is a partition. Every method may raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._rows = LinkRows(client, table)
        self._blocks = Blocks(client, table)

    @override
    def get(self, store: StoreId, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        asked = [keys.key(store, keys.link(product)) for product in products]
        links = map(link_of, bulk.read_all(self._client, self._table, asked))
        return {link.product: link for link in links}

    @override
    def holders(
        self, store: StoreId, ids: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, PosProductId]:
        asked = [keys.key(store, keys.holder(number)) for number in ids]
        items = bulk.read_all(self._client, self._table, asked)
        # Two ids, whatever release wrote them: what a newer one means stands on the link.
        return {
            StoreProductId(int(item["id"]["N"])): PosProductId(item["product"]["S"])
            for item in items
        }

    @override
    def begin(self, store: StoreId, link: Link) -> None:
        # By its token a write that botocore repeats after a lost reply recognises itself.
        intent = {**link_values(link), "token": uuid4().hex}
        try:
            self._rows.put(store, intent, _MAY_BEGIN, _STATES)
        except ConditionFailed as refusal:
            there = refusal.item or {}
            if there.get("token") == {"S": intent["token"]}:
                return
            self._begin_over_broken(store, intent, link_of(there) if there else None)

    @override
    def linked(self, store: StoreId, link: Link, *, reserved: bool = False) -> None:
        """Raise ValueError for a link without a BigCommerce product."""
        if link.id is None:
            raise ValueError(f"the link of {link.product} names no BigCommerce product")
        reverse_row = self._rows.holder(store, link.product, link.id, reserved=reserved)
        for _ in range(_RACES):
            there = self.get(store, [link.product]).get(link.product)
            again = there is not None and there.id == link.id
            try:
                # The reverse row comes first, so that index 0 tells whose condition failed.
                rest = [] if again else self._replacing(store, link, there)
                self._rows.transact([reverse_row, *rest])
            except TransactionCancelled as refusal:
                if 0 in refusal.refused:
                    words = f"BigCommerce product {link.id} belongs to another product"
                    raise Conflict(words) from refusal
                continue
            if again:
                self.pushed(store, [link])
                self.stocked(store, [link])
            return
        raise RetryLater(busy_words())

    @override
    def reserve(self, store: StoreId, product: StoreProductId) -> None:
        self._rows.one(self._rows.holder(store, IMPORTING, product))

    @override
    def free(self, store: StoreId, product: StoreProductId) -> None:
        with suppress(ConditionFailed):
            self._rows.one(self._rows.no_holder(store, IMPORTING, product))

    @override
    def unlink(self, store: StoreId, link: Link) -> None:
        writes = [self._rows.no_link(store, link.product, link.id)]
        if link.id is not None:
            writes.append(self._rows.no_holder(store, link.product, link.id))
        for _ in range(_RACES):
            try:
                self._rows.transact(writes)
            except TransactionCancelled as refusal:
                if refusal.refused:
                    return
                continue
            return
        raise RetryLater(busy_words())

    @override
    def pushed(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        done = list(links)
        newer = self._rows.update_all(
            store, [(link, accepted_values(link), _content_not_newer(link)) for link in done]
        )
        for link, refused in zip(done, newer, strict=True):
            if refused is None:
                self._blocks.remember(store, link)
        return _overtaken(done, newer)

    @override
    def stocked(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        done = list(links)
        newer = self._rows.update_all(
            store, [(link, _stocked_values(link), _stock_not_newer(link)) for link in done]
        )
        # Those hold a newer level, but the channel assignment still has to be recorded.
        refused = (link for link, why in zip(done, newer, strict=True) if why is not None)
        assigned = [(link, {"assigned": True}, _same(link)) for link in refused if link.assigned]
        self._rows.update_all(store, assigned)
        return _overtaken(done, newer)

    @override
    def begin_images(self, store: StoreId, link: Link) -> bool:
        known = image_values(link)
        values = {name: known[name] for name in ("images_seen", "images_sent")}
        condition = f"{_SAME} AND {_NO_IMAGES_GO}"
        return self._images(store, link, values, condition, {"images": known["images"]})

    @override
    def note_images(self, store: StoreId, link: Link) -> None:
        self._images(store, link, {**image_values(link), "notes": list(link.notes)}, _SAME, {})

    def _images(
        self,
        store: StoreId,
        link: Link,
        values: Mapping[str, Any],
        condition: str,
        known: Mapping[str, Any],
    ) -> bool:
        try:
            self._rows.update(store, link.product, values, condition, {"id": link.id, **known})
        except ConditionFailed:
            return False
        return True

    @override
    def note_doubts(self, store: StoreId, link: Link) -> None:
        with suppress(ConditionFailed):  # unlinked or linked elsewhere meanwhile
            self._rows.update(store, link.product, doubt_values(link), _SAME, {"id": link.id})

    @override
    def fall(self, store: StoreId, before: Link, link: Link) -> None:
        values = {
            **doubt_values(link),
            "content_version": link.content_version,
            "stock_version": link.stock_version,
            "failed_version": link.failed_version,
        }
        known = {"id": before.id, "content": before.content_version, "stock": before.stock_version}
        with suppress(ConditionFailed):  # written since: the next slice looks again
            self._rows.update(store, link.product, values, _SAME_VERSIONS, known)

    @override
    def failed(self, store: StoreId, link: Link) -> None:
        values = refusal_values(link)
        condition = _NOTHING_NEWER_TAKEN if link.status is LinkStatus.FAILED else _THERE
        for _ in range(_RACES):
            try:
                self._rows.update(store, link.product, values, condition)
            except ConditionFailed as refusal:
                if refusal.item:
                    return
            else:
                break
            try:
                self._rows.put(store, link_values(link), ABSENT, {})
            except ConditionFailed:
                continue
            break
        else:
            raise RetryLater(busy_words())
        self._blocks.remember(store, link)

    @override
    def blocked_by(self, store: StoreId, holder: str) -> Sequence[Blocked]:
        return self._blocks.of(store, holder)

    @override
    def blocked_online(self, store: StoreId) -> Sequence[Blocked]:
        return self._blocks.online(store)

    @override
    def unblock(self, store: StoreId, blocked: Iterable[Blocked]) -> None:
        self._blocks.forget(store, blocked)

    def _begin_over_broken(
        self, store: StoreId, intent: Mapping[str, Any], there: Link | None
    ) -> None:
        product = PosProductId(intent["product"])
        if there is None or there.status is not LinkStatus.BROKEN or there.id is None:
            raise Conflict(f"{product} is linked already, or its creation is under way")
        known = {**_STATES, "old": there.id}
        put = self._rows.link(store, intent, _STILL_BROKEN, known)
        try:
            self._rows.transact([put, self._rows.no_holder(store, product, there.id)])
        except TransactionCancelled as refusal:
            raise Conflict(f"The creation of {product} is under way") from refusal

    def _replacing(self, store: StoreId, link: Link, there: Link | None) -> list[dict[str, Any]]:
        """Return the writes that replace the link that was read, and delete its old reverse row."""
        values = link_values(link)
        if there is None:
            return [self._rows.link(store, values, ABSENT, {})]
        if there.status is LinkStatus.LINKED:
            raise Conflict(f"{link.product} is linked to BigCommerce product {there.id}")
        known: dict[str, Any] = {"was": there.status.value, "old": there.id}
        if there.id is None:
            condition = "#status = :was AND attribute_not_exists(#id)"
            return [self._rows.link(store, values, condition, known)]
        condition = "#status = :was AND #id = :old"
        return [
            self._rows.link(store, values, condition, known),
            self._rows.no_holder(store, link.product, there.id),
        ]


def _stocked_values(link: Link) -> dict[str, Any]:
    assigned = {"assigned": True} if link.assigned else {}
    return {**stock_values(link), **doubt_values(link), **assigned}


def _same(link: Link) -> list[Condition]:
    return [("id", "=", link.id)]


def _content_not_newer(link: Link) -> list[Condition]:
    return [*_same(link), ("content_version", "<=", link.content_version)]


def _stock_not_newer(link: Link) -> list[Condition]:
    return [*_same(link), ("stock_version", "<=", link.stock_version)]


def _overtaken(links: Sequence[Link], outcomes: Sequence[Refused | None]) -> list[PosProductId]:
    """Return the products whose link was there and newer. One that was unlinked or linked elsewhere
    meanwhile has no link to record this on."""
    return [
        link.product
        for link, refused in zip(links, outcomes, strict=True)
        if refused is not None
        and refused.item is not None
        and refused.item.get("id") == {"N": str(link.id)}
    ]
