"""Links in memory; they keep the promises of `tillbridge.ports.links`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from threading import RLock
from uuid import uuid4

from tillbridge.domain.errors import Conflict
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link, LinkedVariant, LinkStatus
from tillbridge.ports.links import Blocked

type _Holder = tuple[StoreId, str]


class FakeLinks:
    """Links by POS id, their reverse by BigCommerce id, and who is blocked by whom."""

    def __init__(self) -> None:
        self._links: dict[tuple[StoreId, PosProductId], Link] = {}
        self._holders: dict[tuple[StoreId, StoreProductId], PosProductId] = {}
        self._blocked: dict[_Holder, dict[PosProductId, str]] = {}
        self._lock = RLock()

    def forget_all(self) -> None:
        """Lose everything, as a table that is gone."""
        self._links.clear()
        self._holders.clear()
        self._blocked.clear()

    def get(self, store: StoreId, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        with self._lock:
            return {p: self._links[store, p] for p in products if (store, p) in self._links}

    def holders(
        self, store: StoreId, ids: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, PosProductId]:
        with self._lock:
            return {i: self._holders[store, i] for i in ids if (store, i) in self._holders}

    def begin(self, store: StoreId, link: Link) -> None:
        with self._lock:
            there = self._links.get((store, link.product))
            if there is not None and not _may_begin(there):
                raise Conflict(f"{link.product} is linked already, or its creation is under way")
            if there is not None and there.id is not None:
                self._holders.pop((store, there.id), None)
            self._links[store, link.product] = link

    def linked(self, store: StoreId, link: Link, *, reserved: bool = False) -> None:
        assert link.id is not None
        with self._lock:
            there = self._links.get((store, link.product))
            holder = self._holders.get((store, link.id), link.product)
            if holder != link.product and not (reserved and holder == IMPORTING):
                raise Conflict(f"BigCommerce product {link.id} belongs to {holder}")
            if there is not None and there.id not in (None, link.id):
                if there.status is LinkStatus.LINKED:
                    raise Conflict(f"{link.product} is linked to BigCommerce product {there.id}")
                self._holders.pop((store, there.id), None)
            if there is not None and there.id == link.id:
                link = _merged(there, link)
            self._links[store, link.product] = link
            assert link.id is not None
            self._holders[store, link.id] = link.product

    def reserve(self, store: StoreId, product: StoreProductId) -> None:
        with self._lock:
            if self._holders.setdefault((store, product), IMPORTING) != IMPORTING:
                raise Conflict(f"BigCommerce product {product} is linked")

    def free(self, store: StoreId, product: StoreProductId) -> None:
        with self._lock:
            if self._holders.get((store, product)) == IMPORTING:
                del self._holders[store, product]

    def unlink(self, store: StoreId, link: Link) -> None:
        with self._lock:
            there = self._links.get((store, link.product))
            if there is None or there.id != link.id:
                return
            del self._links[store, link.product]
            if link.id is not None:
                self._holders.pop((store, link.id), None)

    def pushed(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        newer: list[PosProductId] = []
        for link in links:
            with self._lock:
                there = self._same(store, link)
                if there is None:
                    continue
                if there.content_version > link.content_version:
                    newer.append(link.product)
                else:
                    self._links[store, link.product] = _with_content(there, link)
                    self._remember_blockers(store, link)
        return newer

    def stocked(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        newer: list[PosProductId] = []
        for link in links:
            with self._lock:
                there = self._same(store, link)
                if there is None:
                    continue
                if there.stock_version <= link.stock_version:
                    there = _with_stock(there, link)
                else:
                    newer.append(link.product)
                assigned = there.assigned or link.assigned
                self._links[store, link.product] = replace(there, assigned=assigned)
        return newer

    def begin_images(self, store: StoreId, link: Link) -> bool:
        with self._lock:
            there = self._same(store, link)
            if there is None or there.images_seen is not None or there.images != link.images:
                return False
            self._links[store, link.product] = replace(
                there, images_seen=link.images_seen, images_sent=link.images_sent
            )
            return True

    def note_images(self, store: StoreId, link: Link) -> None:
        with self._lock:
            there = self._same(store, link)
            if there is not None:
                self._links[store, link.product] = replace(
                    there,
                    images=link.images,
                    images_seen=link.images_seen,
                    images_sent=link.images_sent,
                    notes=link.notes,
                )

    def note_doubts(self, store: StoreId, link: Link) -> None:
        with self._lock:
            there = self._same(store, link)
            if there is not None:
                self._links[store, link.product] = replace(there, doubts=link.doubts)

    def failed(self, store: StoreId, link: Link) -> None:
        with self._lock:
            there = self._links.get((store, link.product))
            if there is not None and _is_outdated_refusal(there, link):
                return
            self._links[store, link.product] = replace(
                there or link,
                status=link.status,
                problem=link.problem,
                failed_version=link.failed_version,
                doubts=link.doubts,
            )
            self._remember_blockers(store, link)

    def fall(self, store: StoreId, before: Link, link: Link) -> None:
        with self._lock:
            there = self._same(store, link)
            if there is None or _versions(there) != _versions(before):
                return
            self._links[store, link.product] = replace(
                there,
                content_version=link.content_version,
                stock_version=link.stock_version,
                failed_version=link.failed_version,
                doubts=link.doubts,
            )

    def blocked_by(self, store: StoreId, holder: str) -> Sequence[Blocked]:
        with self._lock:
            waiting = self._blocked.get((store, holder), {})
            return [Blocked(holder, product, token) for product, token in sorted(waiting.items())]

    def blocked_online(self, store: StoreId) -> Sequence[Blocked]:
        with self._lock:
            holders = [
                h for of, h in self._blocked if of == store and h[:1] == "#" and h[1:].isdigit()
            ]
        return [blocked for holder in sorted(holders) for blocked in self.blocked_by(store, holder)]

    def unblock(self, store: StoreId, blocked: Iterable[Blocked]) -> None:
        for each in blocked:
            with self._lock:
                waiting = self._blocked.get((store, each.holder), {})
                if waiting.get(each.product) == each.token:
                    del waiting[each.product]

    def _remember_blockers(self, store: StoreId, link: Link) -> None:
        for holder in _blockers(link):
            self._blocked.setdefault((store, holder), {})[link.product] = uuid4().hex

    def _same(self, store: StoreId, link: Link) -> Link | None:
        there = self._links.get((store, link.product))
        return there if there is not None and there.id == link.id else None


def _versions(link: Link) -> tuple[int, int]:
    return link.content_version, link.stock_version


def _may_begin(there: Link) -> bool:
    if there.status is LinkStatus.BROKEN:
        return True
    return there.status is LinkStatus.FAILED and there.id is None


def _is_outdated_refusal(there: Link, link: Link) -> bool:
    return link.status is LinkStatus.FAILED and there.content_version > link.failed_version


def _blockers(link: Link) -> list[str]:
    if link.problem is None:
        return []
    holder = f"#{link.problem.holder}" if link.problem.holder is not None else ""
    return [blocker for blocker in (link.problem.blocked_by, holder) if blocker]


def _merged(there: Link, link: Link) -> Link:
    """Return a link that was written again for the same BigCommerce product: never over a newer
    one."""
    older_content = there.content_version > link.content_version
    older_stock = there.stock_version > link.stock_version
    merged = there if older_content else _with_content(there, link)
    return merged if older_stock else _with_stock(merged, link)


def _with_content(there: Link, link: Link) -> Link:
    if _knows_no_level(link):
        there = replace(there, level=None, variants={})
    return replace(
        there,
        status=link.status,
        variants={
            pos_id: replace(variant, level=_level(there, variant))
            for pos_id, variant in link.variants.items()
        },
        name=link.name,
        sku=link.sku,
        content_version=link.content_version,
        fingerprint=link.fingerprint,
        visible=link.visible,
        tracking=link.tracking,
        notes=link.notes,
        held=link.held,
        problem=link.problem,
        failed_version=link.failed_version,
        doubts=link.doubts,
    )


def _knows_no_level(link: Link) -> bool:
    # Its variants were made anew: the old levels are forgotten, and stock is sent again.
    return link.level is None and all(v.level is None for v in link.variants.values())


def _level(there: Link, variant: LinkedVariant) -> int | None:
    # By BigCommerce's id: a variant made anew has no stock yet, whatever the old one had.
    return next((v.level for v in there.variants.values() if v.id == variant.id), None)


def _with_stock(there: Link, link: Link) -> Link:
    levels = {variant.id: variant.level for variant in link.variants.values()}
    return replace(
        there,
        variants={
            pos_id: replace(variant, level=levels.get(variant.id, variant.level))
            for pos_id, variant in there.variants.items()
        },
        level=link.level,
        debt=link.debt,
        odd_counts=link.odd_counts,
        stock_version=link.stock_version,
        doubts=link.doubts,
    )
