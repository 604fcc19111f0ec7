"""The texts that people read in this repository (pages, docstrings and comments), and what they
point to."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
CODE = ("benches", "cli", "events", "functions", "layers", "sandbox", "scripts", "tests")
_SETTINGS = ("template.yaml", "samconfig.toml", "pyproject.toml", "Makefile", ".ci/run")

_PATH = re.compile(
    rf"(?<![\w/.@-])((?:docs|contracts|{'|'.join(CODE)})/(?:[\w./-]*\w)?)(?![\w]*[{{*<])"
)
_HEADING = re.compile(r"(docs/[\w/-]+\.md), (?=[A-Z])")
# BigCommerce's own OpenAPI files are cited by name (docs/sandbox-store.md says so).
_THEIRS = re.compile(r"[\w-]+\.v[23]\.yml")
_DOCUMENT = re.compile(r"[\w./-]*\w\.(?:md|rst|pdf|docx?|ya?ml)\b")
_DECISION = re.compile(r"\bADR (\d+)")
_STANDARDS = "ADR|HTTP|ISO|MOD|RFC"
# Without "contract": the repository has contracts of its own.
_KINDS_OF_TEXT = "brief|design|notes|paper|report|spec"
_NUMBERED = (
    "[Aa]ppendix|[Aa]rticles?|[Cc]hapters?|[Ff]indings?|[Hh]azards?|[Ii]ssue|[Mm]oves?|[Pp]romises?|"
    "[Pp]roofs?|[Rr]ules?|[Ss]ections?|[Ss]teps?|[Tt]asks?|[Tt]ickets?"
)
_ELSEWHERE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_NUMBERED}) #?\d+\b|§",
        rf"\b(?!(?:{_STANDARDS})\b)[A-Z]{{2,}} \d+(?:\.\d+)*\b",
        r"(?<![\w-])(?!S3\b|V2\b|V3\b)[A-Z]\d{1,2}(?![\w-])",
        rf"\([^()]*\b(?:{_KINDS_OF_TEXT}|[\w]+-contract)\b[^()]*\)",
        rf"\b(?:[Ss]ee|[Pp]er|[Ff]rom|[Ii]n|[Bb]y) (?:the )?(?:[\w-]+ )?(?:{_KINDS_OF_TEXT})\b",
        r"\b[Tt]he (?:design|brief)\b|\b(?:[Ss]ee|[Pp]er) [A-Z]{4,}\b",
        r"[Dd]ocs: |\bspec/",
    )
)
"""How a text cites what the repository does not hold: by a number that nobody can follow, by a
kind of text without its path, or by a path of another tree."""
_CODE_SPAN = re.compile(r"```.*?```|``.*?``|`[^`]*`")


def python_files() -> list[Path]:
    """Return every Python file of the repository."""
    return sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py"))


def other_files() -> list[Path]:
    """Return what else has comments: the template, settings, contracts and scripts."""
    scripts = [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
    contracts = (ROOT / "contracts").rglob("*.yaml")
    return sorted([*(ROOT / name for name in _SETTINGS), *scripts, *contracts])


def prose(path: Path) -> Iterator[str]:
    """Yield the texts of a file for people, each on one line: a page as a whole, of a Python file
    its docstrings and comments, of any other file its comments."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        found = [*_docstrings(text), *_comments(text)]
    elif path.suffix == ".md":
        found = [text]
    else:
        found = list(_hash_lines(text))
    return (" ".join(each.split()) for each in found)


def dead_ends(text: str) -> list[str]:
    """Return what a text points to that the repository does not hold."""
    gone = [path for path in _PATH.findall(text) if not (ROOT / path).exists()]
    named = [name for name in _DOCUMENT.findall(text) if not _THEIRS.fullmatch(name)]
    gone += [name for name in named if Path(name).name not in _names()]
    gone += [f"ADR {n}" for n in _DECISION.findall(text) if f"{int(n):04d}" not in _decisions()]
    plain = _CODE_SPAN.sub("", text)
    gone += [match[0] for pattern in _ELSEWHERE for match in pattern.finditer(plain)]
    for pointer in _HEADING.finditer(text):
        page, rest = ROOT / pointer[1], text[pointer.end() :]
        if page.exists() and not rest.startswith(tuple(headings(page))):
            gone.append(f"{pointer[1]}, {rest[:40]}")
    return gone


@cache
def headings(page: Path) -> tuple[str, ...]:
    """Return the headings of a page, in order, without their marks."""
    lines = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL).splitlines()
    return tuple(line.lstrip("#").strip() for line in lines if line.startswith("#"))


@cache
def _names() -> frozenset[str]:
    known = [ROOT / folder for folder in ("docs", "contracts", *CODE)]
    return frozenset(
        path.name for place in known for path in place.rglob("*") if path.is_file()
    ) | {path.name for path in ROOT.iterdir()}


@cache
def _decisions() -> frozenset[str]:
    return frozenset(path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md"))


def _docstrings(text: str) -> Iterator[str]:
    # Every string that stands alone: also those below a constant or an attribute.
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(words))):
                yield words


def _comments(text: str) -> Iterator[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    kinds = (token for token in tokens if token.type != tokenize.NL)
    for kind, run in groupby(kinds, key=lambda token: token.type):
        if kind == tokenize.COMMENT:
            yield " ".join(token.string.lstrip("# ") for token in run)


def _hash_lines(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text.splitlines())
    for commented, run in groupby(lines, key=lambda line: line.startswith("#")):
        if commented:
            yield " ".join(line.lstrip("# ") for line in run)
