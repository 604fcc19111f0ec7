"""Each problem's code, words and remedy are written once, and each call that names a code fills in
its words."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import Refused
from tillbridge.domain.findings import Code
from tillbridge.domain.problem_meaning import Case, FailureCode
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import joined, problem_of, sentence

ROOT = Path(__file__).parents[3]
SOURCES = sorted(
    path
    for room in ("layers/common/python/tillbridge", "functions", "cli")
    for path in (ROOT / room).rglob("*.py")
)
MAKERS = {"problem_of", "attention_for", "forbidden_for", "sentence"}
"""The functions that take a code and fill its words."""

OWN = {"problem_of": {"field", "holder", "blocked_by"}}
"""Parameters of a maker that no words need to name."""

BUILD = {
    "Problem": {"domain/problems.py", "adapters/dynamodb/link_items.py"},  # made; read from a table
    "NeedsAttention": {"domain/problems.py", "domain/polling.py"},  # likewise
    "Forbidden": {"domain/problems.py"},
}
ENUMS: dict[str, type[FailureCode]] = {
    "ProblemCode": ProblemCode,
    "AttentionCode": AttentionCode,
}
CODES: list[FailureCode] = [*ProblemCode, *AttentionCode]


@dataclass(frozen=True)
class Named:
    """A call that names a code: where, which, in which case, and with which keywords."""

    where: str
    maker: str
    code: FailureCode
    case: Case | None
    given: frozenset[str | None]


@cache
def _calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Return the calls of a module that name a maker, or what is built in few places only."""
    text = path.read_text()
    if not any(name in text for name in (*MAKERS, *BUILD)):
        return []
    return [
        (node.func.id, node)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


def _member(node: ast.expr) -> str:
    assert isinstance(node, ast.Attribute), f"no code by its name: {ast.unparse(node)}"
    return node.attr


def _named() -> Iterator[Named]:
    for path in SOURCES:
        if path.name == "problems.py":
            continue
        for maker, call in _calls(path):
            if maker in MAKERS:
                first = call.args[0]
                assert isinstance(first, ast.Attribute), f"{path}: {ast.unparse(call)}"
                assert isinstance(first.value, ast.Name), f"{path}: {ast.unparse(call)}"
                code = ENUMS[first.value.id][first.attr]
                case = Case[_member(call.args[1])] if len(call.args) > 1 else None
                given = frozenset(keyword.arg for keyword in call.keywords)
                yield Named(f"{path.name}:{call.lineno}", maker, code, case, given)


def _placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def _words(code: FailureCode) -> list[str]:
    return [code.meaning.words, *code.meaning.cases.values()]


@pytest.mark.parametrize("call", list(_named()), ids=lambda call: call.where)
def test_each_call_fills_exactly_the_placeholders_of_its_words(call: Named) -> None:
    meaning = call.code.meaning
    words = meaning.words if call.case is None else meaning.cases[call.case]
    wanted = _placeholders(words)
    assert wanted <= call.given
    assert call.given - wanted <= OWN.get(call.maker, set())


def test_every_code_and_every_case_of_one_is_used() -> None:
    used = {(call.code, call.case) for call in _named()}
    there: set[tuple[FailureCode, Case | None]] = {(code, None) for code in CODES}
    there |= {(code, case) for code in CODES for case in code.meaning.cases}
    assert sorted(map(str, there - used)) == []


@pytest.mark.parametrize("name", BUILD)
def test_nobody_else_builds_one_with_words_of_its_own(name: str) -> None:
    layer = ROOT / "layers/common/python/tillbridge"
    found = {path for path in SOURCES for called, _ in _calls(path) if called == name}
    assert {str(path.relative_to(layer)) for path in found} == BUILD[name]


@pytest.mark.parametrize("code", CODES)
def test_words_are_whole_sentences_that_say_what_to_do(code: FailureCode) -> None:
    for words in _words(code):
        assert words.endswith(".")
        assert words.count(". ") >= 1, "what is wrong, then what to do"
        assert "by itself" in words or isinstance(code, ProblemCode)


@pytest.mark.parametrize(
    ("heading", "codes"),
    [("Of one product", list(ProblemCode)), ("Of a whole connection", list(AttentionCode))],
    ids=["products", "connections"],
)
def test_the_glossary_lists_the_very_codes(heading: str, codes: list[FailureCode]) -> None:
    page = (ROOT / "docs/glossary.md").read_text()
    table = page.partition(f"### {heading}\n")[2].partition("\n#")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{c.value}` | {c.meaning.wrong} | {c.meaning.remedy} |" for c in codes]


def test_the_page_about_reconcile_explains_findings_as_the_screen_does() -> None:
    page = (ROOT / "docs/reconcile.md").read_text()
    table = page.partition("## What is found\n")[2].partition("\n#")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert [row.rpartition("|")[0].rpartition("|")[0].strip() for row in rows] == [
        f"| `{code.value}` | {code.words}" for code in Code
    ]


def test_a_problem_has_the_words_of_its_code_and_the_field_they_are_about() -> None:
    made = problem_of(ProblemCode.NAME_TAKEN, name="Oak {chair}", holder=812, blocked_by="p-1")
    assert made.words == (
        "BigCommerce already has a product named 'Oak {chair}' (#812). Rename one, or link to it."
    )
    assert (made.code, made.field, made.holder, made.blocked_by) == (
        "name_taken",
        "name",
        812,
        "p-1",
    )


def test_a_sentence_begins_with_a_capital_whatever_it_begins_with() -> None:
    words = sentence(ProblemCode.SKU_BLANK, who="the variant S")
    assert words == "The variant S has no SKU. Give it one in the POS."


def test_several_problems_are_one_that_says_each_thing_once() -> None:
    blank = problem_of(ProblemCode.NAME_BLANK)
    dear = problem_of(ProblemCode.PRICE_NEGATIVE, who="the product", amount=-1)
    made = joined([blank, dear, blank])
    assert (made.code, made.field) == ("name_blank", "name")
    assert made.words == f"{blank.words} {dear.words}"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "The price is odd"),
        ({"price": "is odd", "name": "is blank."}, "price: is odd; name: is blank"),
        ({"0": "No such channel."}, "No such channel"),
    ],
)
def test_what_was_said_of_a_refusal_names_fields_that_a_person_knows(
    fields: dict[str, str], said: str
) -> None:
    assert Refused(422, "The price is odd.", fields).said == said
