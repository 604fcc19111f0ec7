"""Runs of reconcile with what they found, accepted drift, replays, and jobs."""

from typing import TypedDict

from cli.shapes.moment import Moment


class Run(TypedDict):
    """A run of reconcile. `stage`: what it does now. `result`: under_way, clean, reported, waiting, approved or
    repaired. `repairs`: the run whose findings it repairs, '' for its own. `found`: findings by code; `drift`: those
    that are wrong, and not only worth knowing. Versions are as the POS counts them."""

    id: str
    full: bool
    dry_run: bool
    stage: str
    result: str
    started_at: Moment
    ended_at: Moment | None
    pos_from: int
    pos_version: int
    web_pages: int
    pos_pages: int
    calls: dict[str, int]
    throttled: int
    compared: int
    linked: int
    left_alone: int
    found: dict[str, int]
    drift: int
    accepted: int
    repaired: int
    repairs: str
    approved_by: str
    note: str


class Difference(TypedDict):
    """A field that differs. `moved`: on which side it changed, as far as that is known. `place`: how `accept`
    names it."""

    field: str
    variant: str
    place: str
    pos: str
    web: str
    moved: str


class Finding(TypedDict):
    """What a run found of a product. `letters`: AmberPOS's. `other`: the second product of a pair."""

    code: str
    words: str
    letters: str
    product: str | None
    bigcommerce_id: int | None
    name: str
    differences: list[Difference]
    repairable: bool
    other: str


class RunWithFindings(Run):
    """A run, and everything that it found."""

    findings: list[Finding]


class Runs(TypedDict):
    """Runs, newest first."""

    runs: list[Run]


class Drift(TypedDict):
    """What a run found."""

    run: str
    findings: list[Finding]


class Accepted(TypedDict):
    """Drift that was accepted: the places of a product, and until when."""

    product: str
    accepted: list[str]
    until: str


class Replayed(TypedDict):
    """A replay of the POS's events that has ended."""

    replay: str
    state: str
    since: Moment
    until: Moment


class JobProduct(TypedDict):
    """A product of a job. `other`: what it is linked with."""

    product: str
    name: str
    other: str
    outcome: str
    words: str


class Job(TypedDict):
    """What somebody asked for, and how far it is. `seconds`: about so long until it ends."""

    job: str
    what: str
    by: str
    asked_at: Moment
    state: str
    total: int
    done: int
    failed: int
    left: int
    more_left: bool
    seconds: float | None
    words: str
    products: list[JobProduct]


class Jobs(TypedDict):
    """Jobs, newest first."""

    jobs: list[Job]
