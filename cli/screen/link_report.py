"""The reports of linking: what it would change, and what it did."""

from collections.abc import Sequence

from cli.screen.console import at_most, console, short, table
from cli.shapes import links as shapes
from cli.shapes.links import Answer
from cli.sides.link_suggestions import Suggestions
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.link_candidates import Candidate, Unsure
from tillbridge.domain.link_requests import LinkAnswer

MOST_SHOWN = 50


def say_suggestions(found: Suggestions) -> None:
    """Print candidates with evidence, doubts with the reason, and what a push would change."""
    candidates, unsure = found.matches.candidates, found.matches.unsure
    most = at_most(MOST_SHOWN)
    columns = ("POS", "product", "BigCommerce", "product there", "the same")
    rows = [_row(each) for each in candidates[:most]]
    if rows:
        console.print(table(f"Candidates ({len(candidates)})", columns, rows, whole=("POS",)))
    elif not unsure:
        console.print(
            "No unlinked product looks the same on both sides; there is nothing to suggest."
        )
    if len(candidates) > most:
        console.print(f"… and {len(candidates) - most:,} more.")
    if unsure:
        doubts = [
            (
                ", ".join(record.id for record in each.records[:4]),
                ", ".join(f"#{web.id}" for web in each.webs[:4]),
                each.words,
            )
            for each in unsure[:most]
        ]
        title = f"For a person to decide ({len(unsure)})"
        console.print(table(title, ("POS", "BigCommerce", "why"), doubts))
    if candidates:
        counts = _effects(found)
        if not counts:
            console.print("The first push would change only the stock in BigCommerce.")
            return
        title = "The first push would change (`tillbridge undo` restores it, for 90 days)"
        console.print(table(title, ("field", "replaced", "blanked"), counts))


def say_answers(answers: Sequence[LinkAnswer], what: str) -> None:
    """Print which products were refused and why, and the counts.

    `what` is the request in the past tense: "linked"."""
    refused = [(each.product, each.words) for each in answers if not each.done]
    as_before = [each for each in answers if each.done and each.words]
    if refused:
        console.print(table("Not " + what, ("product", "why"), refused, whole=("product",)))
    for each in as_before:
        console.print(each.words)
    done = len(answers) - len(refused) - len(as_before)
    console.print(f"{done:,} {what}, {len(refused):,} refused.")


def answer_json(each: LinkAnswer) -> Answer:
    """Return an answer as JSON."""
    return {
        "product": each.product,
        "bigcommerce_id": each.web,
        "done": each.done,
        "words": each.words,
    }


def suggestions_json(found: Suggestions, answers: list[Answer]) -> shapes.Suggestions:
    """Return suggestions as JSON, with what became of those that were applied."""
    return {
        "candidates": [candidate_json(each) for each in found.matches.candidates],
        "unsure": [doubt_json(each) for each in found.matches.unsure],
        "would_change": [
            {"field": name, "replaced": replaced, "blanked": blanked}
            for name, replaced, blanked in _effects(found)
        ],
        "answers": answers,
    }


def doubt_json(each: Unsure) -> shapes.Doubt:
    """Return products that a person must decide about as JSON."""
    return {
        "products": [record.id for record in each.records],
        "bigcommerce_ids": [web.id for web in each.webs],
        "words": each.words,
    }


def candidate_json(each: Candidate) -> shapes.Suggestion:
    """Return two products that are probably one as JSON."""
    return {
        "product": each.record.id,
        "name": each.record.name,
        "bigcommerce_id": each.web.id,
        "bigcommerce_name": each.web.name,
        "evidence": each.evidence.value,
        "shared": list(each.shared),
    }


def _effects(found: Suggestions) -> list[tuple[str, int, int]]:
    """Return how often a first push replaces a field, and how often it blanks it."""
    return [
        (name, found.effects[name, False], found.effects[name, True])
        for name in dict.fromkeys(field.label for field in FIELDS.values())
        if found.effects[name, False] or found.effects[name, True]
    ]


def _row(each: Candidate) -> tuple[object, ...]:
    evidence = f"{each.evidence} {', '.join(each.shared[:3])}"
    names = short(each.record.name), short(each.web.name)
    return each.record.id, names[0], f"#{each.web.id}", names[1], evidence
