"""Links are composed in one package: all others say what happened, and store what it returns."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import tillbridge.domain
from tillbridge.domain.link import Link, LinkedVariant

LAYER = Path(next(iter(tillbridge.domain.__path__))).parent
COMPOSER = LAYER / "domain" / "remembered"
STORAGE = LAYER / "adapters" / "dynamodb" / "link_items.py"
"""Makes links from stored items, and changes none."""

_MADE = {"Link", "LinkedVariant"}
_SHARED = {"id", "name", "sku", "level", "options", "product", "variants", "images", "notes"}
"""Fields that other values have too: only the name of what is replaced shows whether it is a
link."""
_OF_LINKS = {each.name for kind in (Link, LinkedVariant) for each in fields(kind)} - _SHARED


def compositions(source: str) -> Iterator[str]:
    """Yield each call that makes or changes a link."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        if called in _MADE:
            yield ast.unparse(node)
        if called in ("replace", "__replace__") and node.args:
            changed = ast.unparse(node.args[0])
            named = {keyword.arg for keyword in node.keywords}
            if named & _OF_LINKS or changed.rpartition(".")[2] in ("link", "linked"):
                yield ast.unparse(node)


def test_nobody_else_makes_or_changes_a_link() -> None:
    found = {
        str(path.relative_to(LAYER)): calls
        for path in sorted(LAYER.rglob("*.py"))
        if path.parent != COMPOSER
        and path != STORAGE
        and (calls := list(compositions(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_the_reader_of_the_syntax_tree_sees_what_was_written_before() -> None:
    before = """
done = replace(link, assigned=True)
told = replace(base, status=LinkStatus.FAILED, problem=problem)
bare = Link(product=record.id, status=LinkStatus.LINKED)
levels = {key: replace(linked, level=None) for key, linked in link.variants.items()}
made = domain.link.Link(product=record.id, status=LinkStatus.LINKED)
copied = dataclasses.replace(work.link, level=None)
other = replace(row, attempts=3)
text = link.name.replace("a", "b")
"""
    assert len(list(compositions(before))) == 6


def test_what_makes_links_is_there() -> None:
    assert list(compositions((COMPOSER / "created.py").read_text(encoding="utf-8"))) != []
