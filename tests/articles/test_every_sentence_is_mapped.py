"""Check that docs/articles.md names a test for every sentence, and that every such test exists.

The articles are not ours to copy: `sentences.txt` holds, for each of their sentences in order, a
digest and the first words."""

import ast
import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.beside import Beside

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


def _noted(article: str) -> list[tuple[str, str]]:
    """Return the digest and the first words of each sentence of an article."""
    text = Path(__file__).with_name("sentences.txt").read_text()
    (part,) = [part for part in text.split("# ")[1:] if part.splitlines()[0] == article]
    return [(line[:16], line[17:]) for line in part.splitlines()[1:]]


@pytest.mark.parametrize("article", ARTICLES)
def test_every_sentence_of_the_article_is_mapped(repository: Path, article: str) -> None:
    table = _table(repository, article)
    begins = [begins for _, begins in _noted(article)]
    assert set(begins) - set(table) == set(), "a sentence has no row"
    assert set(table) - set(begins) == set(), "a row has no sentence"


@pytest.mark.parametrize("article", ARTICLES)
def test_the_noted_sentences_are_those_of_the_article(beside: Beside, article: str) -> None:
    text = beside("reference", "original-articles", article).read_text(encoding="utf-8-sig")
    sentences = _sentences(text)
    noted = _noted(article)
    assert [sha256(each.encode()).hexdigest()[:16] for each in sentences] == [d for d, _ in noted]
    for sentence in sentences:
        rows = [begins for _, begins in noted if sentence.startswith(begins)]
        assert len(rows) == 1, f"{len(rows)} rows for: {sentence}"


def test_every_article_test_says_the_gist_of_its_sentence() -> None:
    for path in Path(__file__).parent.glob("test_*.py"):
        if path.name == Path(__file__).name:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"
