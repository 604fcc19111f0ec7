"""The pages and the code agree: what a page names exists, and what exists is named in a page."""

import re
from pathlib import Path

import pytest

from cli.command_table import COMMANDS, Group, Sections
from tests.docs.prose import PAGES, ROOT
from tillbridge.domain.connection import Settings
from tillbridge.domain.fields import Field
from tillbridge.domain.lanes import Lane

_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def _text() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_a_page_links_to_is_there(page: Path) -> None:
    named = [page.parent / link for link in _LINK.findall(page.read_text(encoding="utf-8"))]
    assert [str(path) for path in named if not path.exists()] == []


def _commands(sections: Sections) -> list[str]:
    found = []
    for name, each in ((n, e) for part in sections.values() for n, e in part.items()):
        inner = _commands(each.sections) if isinstance(each, Group) else []
        found += [f"{name} {sub}" for sub in inner] or [name]
    return found


@pytest.mark.parametrize("command", sorted(_commands(COMMANDS)))
def test_every_command_is_in_the_docs(command: str) -> None:
    assert f"tillbridge {command}" in _text()


@pytest.mark.parametrize("setting", sorted(Settings.__dataclass_fields__))
def test_every_setting_of_a_store_is_in_the_docs(setting: str) -> None:
    assert f"`{setting}`" in _text()


@pytest.mark.parametrize(
    "word", [*(field.value for field in Field), *(lane.value for lane in Lane)]
)
def test_every_field_and_lane_is_in_the_docs(word: str) -> None:
    assert re.search(rf"\b{word}\b", _text())


@pytest.mark.parametrize("bench", sorted(path.stem for path in (ROOT / "benches").glob("*.py")))
def test_every_bench_is_explained_and_listed(bench: str) -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert f"python -m benches.{bench}" in page
    listed = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")
    assert f"\n| `{bench}` | " in listed


def test_every_word_is_explained_once() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = glossary.partition("## Codes of failures")[
        0
    ]  # a code may be of a product and of a connection
    terms = re.findall(r"^\| (?!word|status)(.+?) \|", words, re.MULTILINE)
    assert len(terms) > 100
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_every_page_that_make_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [
        name for name in re.findall(r"docs/[\w./-]*\w", makefile) if not (ROOT / name).exists()
    ] == []


def test_the_readme_tells_a_newcomer_two_commands_in_under_700_words() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    assert len(re.sub(r"```.*?```", "", readme, flags=re.DOTALL).split()) < 700


def test_the_readme_shows_the_figures_of_a_demo_by_their_names() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    report = (ROOT / "cli" / "demo" / "report.py").read_text(encoding="utf-8")
    sample = readme.partition("`make demo` ends like this")[2].split("```")[1]
    names = [line.partition(" │ ")[0].strip() for line in sample.splitlines() if " │ " in line]
    figures = [name for name in names if not name.startswith("p-")]
    assert len(figures) > 5
    assert [name for name in figures if f'{name}", ' not in report] == []
