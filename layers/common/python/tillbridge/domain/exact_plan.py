"""What a request would change, field by field: both sides were read for it, and nothing was written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tillbridge.domain.findings import Difference
from tillbridge.domain.losses import Loss, LossKind
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do

MOST = 2_000
"""Products that are compared one by one; more are only counted."""

A_PAGE = 250
"""Products in a page of what was compared: one read of BigCommerce."""

ALWAYS_ABOVE = 200
"""A push of more products is compared without being asked to."""

SILENT_MS = 60_000
"""Who compares tells how far it is after each page. After so long without a word it is asked anew."""

MOST_DIFFERENCES = 40
"""Differences that are kept of one product: one of 600 variants has thousands."""

EXAMPLES = 5
"""Products that are named of each kind of loss."""


class Does(StrEnum):
    """What a push does with a product. `same`: BigCommerce has all of it already. `aside`: it cannot be told, with
    the reason in words."""

    CREATES = "creates"
    CHANGES = "changes"
    SAME = "same"
    ASIDE = "aside"


class ExactState(StrEnum):
    """How far a comparison for a plan is. `failed`: with words that say why."""

    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ExactProduct:
    """One product of a plan. `differences`: what would change, `web` being the value before; the first
    MOST_DIFFERENCES of `changes` in all. `losses`: what would be lost of it."""

    id: str
    name: str
    other: str = ""
    does: Does = Does.SAME
    words: str = ""
    differences: tuple[Difference, ...] = ()
    changes: int = 0
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """A product of a kind of loss: its first value that would be lost."""

    id: str
    name: str
    loss: Loss


@dataclass(frozen=True, slots=True)
class LossGroup:
    """Products that would lose the same thing; `code` names it in forms and calls. `most`: the largest fall of a
    price, in whole percent. `examples`: the first EXAMPLES of them."""

    code: str
    kind: LossKind
    field: str
    count: int
    most: int
    examples: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Exact:
    """How far the comparison for a plan is, and what it found. `done` of `total` products were compared; `uncounted`
    are beyond MOST. `told_ms`: when it last told (epoch ms). `fields`: values that would change. `marked`: products that
    would lose something, but for those of which the plan warned anyway."""

    plan: str
    state: ExactState = ExactState.MAKING
    words: str = ""
    told_ms: int = 0
    done: int = 0
    total: int = 0
    uncounted: int = 0
    creates: int = 0
    changes: int = 0
    same: int = 0
    aside: int = 0
    fields: int = 0
    marked: int = 0
    groups: tuple[LossGroup, ...] = ()

    def silent(self, now_ms: int) -> bool:
        """Return whether who compares has not told for so long that it has died."""
        return self.state is ExactState.MAKING and now_ms > self.told_ms + SILENT_MS


type Guard = Mapping[str, frozenset[str]]
"""What a plan named as lost: the places (`Loss.place`, or `Loss.wire` for all of a field) by POS product. A product
that is not there loses nothing."""


def group_of(loss: Loss) -> str:
    """Return the code of what is lost: every price that falls is one thing, texts are one a field."""
    return f"{loss.kind.value}_{loss.wire}"


def with_page(
    exact: Exact, products: Sequence[ExactProduct], warned: Collection[str] = ()
) -> Exact:
    """Return the comparison after one more page of products. `warned`: those of which the plan warned anyway."""
    does = [each.does for each in products]
    return replace(
        exact,
        done=exact.done + len(products),
        creates=exact.creates + does.count(Does.CREATES),
        changes=exact.changes + does.count(Does.CHANGES),
        same=exact.same + does.count(Does.SAME),
        aside=exact.aside + does.count(Does.ASIDE),
        fields=exact.fields + sum(each.changes for each in products),
        marked=exact.marked + sum(bool(each.losses) and each.id not in warned for each in products),
        groups=_grouped(exact.groups, products),
    )


def guard_of(products: Iterable[ExactProduct]) -> dict[str, frozenset[str]]:
    """Return what pushes ask of a plan. Of a product that loses many values it names the fields alone."""
    return {each.id: _places(each.losses) for each in products if each.losses}


MOST_PLACES = 20
"""Places that are named of one product; of more, the fields."""


def _places(lost: Sequence[Loss]) -> frozenset[str]:
    each_place = len(lost) <= MOST_PLACES
    return frozenset(loss.place if each_place else loss.wire for loss in lost)


def compared_by_itself(plan: RequestPlan) -> bool:
    """Return whether a plan is compared exactly without being asked to: the first push after a link replaces what
    nobody sent, and nobody looks through long plans."""
    pushes = plan.do in (Do.PUSH, Do.RETRY)
    return plan.total > 0 and (plan.do is Do.LINK or (pushes and plan.total > ALWAYS_ABOVE))


def can_be_compared(plan: RequestPlan) -> bool:
    """Return whether a plan writes to BigCommerce, so that there is something to compare."""
    return plan.do in (Do.PUSH, Do.RETRY, Do.LINK) and plan.total > 0


def _grouped(
    groups: tuple[LossGroup, ...], products: Sequence[ExactProduct]
) -> tuple[LossGroup, ...]:
    found = {group.code: group for group in groups}
    for product in products:
        of_product: dict[str, list[Loss]] = {}
        for loss in product.losses:
            of_product.setdefault(group_of(loss), []).append(loss)
        for code, lost in of_product.items():
            worst = max(lost, key=lambda loss: loss.percent)
            old = found.get(code) or LossGroup(code, worst.kind, worst.field, 0, 0, ())
            named = (*old.examples, Lost(product.id, product.name, worst))[:EXAMPLES]
            found[code] = replace(
                old, count=old.count + 1, most=max(old.most, worst.percent), examples=named
            )
    return tuple(found[code] for code in sorted(found))
