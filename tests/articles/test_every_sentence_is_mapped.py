"""Check that docs/articles.md names a test for every sentence, and that every such test exists."""

import ast
import re
from pathlib import Path

import pytest

NO_TEST_NEEDED = {"heading", "page", "not ours"}
ARTICLES = ("amberpos-push-and-pull.txt", "retail-pos-bigcommerce.txt")

_SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=[A-Z])")
_BULLET = re.compile(r"^[-\u2022]\s*")
_NUMBER = re.compile(r"^\d\. ")


def _table(repository: Path, article: str) -> dict[str, str]:
    """Return the page's rows of one article: what stands beside each sentence, by its first
    words."""
    page = (repository / "docs" / "articles.md").read_text()
    (part,) = [part for part in page.split("\n## ")[1:] if article in part.splitlines()[0]]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    found = {begins.strip(): test.strip() for begins, test in rows if begins != "begins"}
    assert len(found) == len(rows) - 1, "two rows begin alike"
    return found


def _sentences(text: str) -> list[str]:
    """Return the sentences, headings and list items of an article."""
    found: list[str] = []
    for line in filter(None, (_BULLET.sub("", line.strip()) for line in text.splitlines())):
        # "1. Uploading" is one heading and not two sentences.
        found += [line] if _NUMBER.match(line) else _SENTENCE_END.split(line)
    return found


def _tests_here() -> set[str]:
    trees = [ast.parse(path.read_text()) for path in Path(__file__).parent.glob("test_*.py")]
    return {
        node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize("article", ARTICLES)
def test_every_named_test_is_there(repository: Path, article: str) -> None:
    named = {
        name
        for beside in _table(repository, article).values()
        if beside not in NO_TEST_NEEDED
        for name in beside.replace("`", "").split(", ")
    }
    assert named
    assert named <= _tests_here(), named - _tests_here()


@pytest.mark.parametrize("article", ARTICLES)
def test_every_sentence_of_the_article_is_mapped(repository: Path, article: str) -> None:
    path = repository.parent / "shared" / "reference" / "original-articles" / article
    if not path.exists():
        pytest.skip("the original articles are not beside this checkout (../shared)")
    table = _table(repository, article)
    used: set[str] = set()
    for sentence in _sentences(path.read_text(encoding="utf-8-sig")):
        rows = [begins for begins in table if sentence.startswith(begins)]
        assert len(rows) == 1, f"{len(rows)} rows for: {sentence}"
        used.update(rows)
    assert used == set(table), f"no sentence begins with: {set(table) - used}"


def test_every_article_test_says_the_gist_of_its_sentence() -> None:
    for path in Path(__file__).parent.glob("test_*.py"):
        if path.name == Path(__file__).name:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"
