"""Whether a POS product and a BigCommerce product have the same variants, and if not, how they
differ."""

from collections.abc import Iterable

from tillbridge.domain.product import Product
from tillbridge.domain.variants import Shape, shape
from tillbridge.domain.web_product import WebProduct

_MOST_NAMED = 3


def shape_differences(record: Product, web: WebProduct) -> str:
    """Return how the variants differ, in words; '' when each variant of either side has a
    partner."""
    ours = {shape(v.option_values): _words(v.option_values) for v in record.variants}
    theirs = {shape(v.options): _words(v.options) for v in web.variants}
    if bool(ours) != bool(theirs):
        having, lacking = ("the POS", "BigCommerce") if ours else ("BigCommerce", "the POS")
        count = len(ours or theirs)
        return f"In {having} it has {count} variants, in {lacking} none."
    said = []
    if missing := _named(ours, ours.keys() - theirs.keys()):
        said.append(f"Only the POS has {missing}.")
    if extra := _named(theirs, theirs.keys() - ours.keys()):
        said.append(f"Only BigCommerce has {extra}.")
    return " ".join(said)


def _named(words: dict[Shape, str], keys: Iterable[Shape]) -> str:
    names = sorted(words[key] for key in keys)
    if not names:
        return ""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(f"'{name}'" for name in names[:_MOST_NAMED]) + more


def _words(pairs: Iterable[tuple[str, str]]) -> str:
    return " / ".join(f"{name.strip()}: {value.strip()}" for name, value in pairs)
