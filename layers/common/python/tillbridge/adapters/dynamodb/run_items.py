"""Runs, findings and cursors as items."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from tillbridge.adapters.dynamodb.store_items import KEPT_SECONDS
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.breaker import Tally
from tillbridge.domain.findings import Code, Difference, Finding, Moved
from tillbridge.domain.run import Cursors, Result, Run, Stage

PART_BYTES = 300_000
"""The most findings take in one item, of which DynamoDB takes 400 KB."""


def run_values(run: Run) -> dict[str, Any]:
    """Return every attribute of a run; DynamoDB deletes it 30 days after it began."""
    return {
        **{each.name: getattr(run, each.name) for each in fields(run)},
        "stage": run.stage.value,
        "result": run.result.value,
        "calls": dict(run.calls),
        "found": dict(run.found),
        "tally": run.tally.values(),
        "expires_at": run.started_ms // 1000 + KEPT_SECONDS,
    }


def run_of(values: Mapping[str, Any]) -> Run:
    """Return the run that an item's plain values hold."""
    known = {each.name: values[each.name] for each in fields(Run) if each.name in values}
    return Run(
        **{
            **known,
            "stage": Stage(values["stage"]),
            "result": Result(values["result"]),
            "calls": Counter(values["calls"]),
            "found": Counter(values["found"]),
            "tally": Tally(**values["tally"]),
        }
    )


def findings_values(findings: Iterable[Finding], started_ms: int) -> list[dict[str, Any]]:
    """Return a page of findings, split to fit items: those of a product of 600 variants are
    long."""
    parts: list[list[dict[str, Any]]] = []
    room = 0
    for finding in findings:
        values = finding_values(finding)
        size = len(json.dumps(values))
        if size > PART_BYTES:
            values = _without_texts(values)
            size = len(json.dumps(values))
        if size > room:
            parts.append([])
            room = PART_BYTES
        parts[-1].append(values)
        room -= size
    return [
        {
            "parts": len(parts),
            "findings": part,
            "expires_at": started_ms // 1000 + KEPT_SECONDS,
        }
        for part in parts
    ]


def _without_texts(values: dict[str, Any]) -> dict[str, Any]:
    # A repair needs to know which fields of which variants differ. Their values are only for
    # people, who can look them up.
    bare = [
        {name: value for name, value in each.items() if name not in ("pos", "web")}
        for each in values["differences"]
    ]
    return {**values, "differences": bare}


def finding_values(finding: Finding) -> dict[str, Any]:
    """Return every attribute of a finding; blank ones are left out."""
    values = {**asdict(finding), "code": finding.code.value}
    values["differences"] = [
        {name: str(value) for name, value in asdict(each).items() if value}
        for each in finding.differences
    ]
    return {name: value for name, value in values.items() if value}


def finding_of(values: Mapping[str, Any]) -> Finding:
    """Return the finding that these values hold."""
    return Finding(
        code=Code(values["code"]),
        product=values.get("product", ""),
        number=values.get("number"),
        name=values.get("name", ""),
        differences=tuple(map(_difference_of, values.get("differences", ()))),
        repairable=values.get("repairable", False),
        other=values.get("other", ""),
    )


def accepted_values(product: str, said: Mapping[str, Accepted]) -> dict[str, Any]:
    """Return what was accepted of a product as an item's values: the digests, as they were kept before anything else
    was, and beside them who said so."""
    told = {
        place: {name: value for name, value in asdict(each).items() if value and name != "digest"}
        for place, each in said.items()
    }
    return {
        "product": product,
        "places": {place: each.digest for place, each in said.items()},
        "said": {place: values for place, values in told.items() if values},
    }


def accepted_in(values: Mapping[str, Any]) -> dict[str, Accepted]:
    """Return what an item's plain values say was accepted, by place; nothing of no item."""
    said = values.get("said", {})
    return {
        place: Accepted(digest, **said.get(place, {}))
        for place, digest in values.get("places", {}).items()
    }


def cursors_of(values: Mapping[str, Any]) -> Cursors:
    """Return the cursors that an item's plain values hold."""
    return Cursors(**{each.name: values[each.name] for each in fields(Cursors)})


def _difference_of(values: Mapping[str, str]) -> Difference:
    return Difference(
        field=values["field"],
        pos=values.get("pos", ""),
        web=values.get("web", ""),
        moved=Moved(values["moved"]),
        variant=values.get("variant", ""),
    )
