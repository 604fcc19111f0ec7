"""Random odd things at random places of events, claims, records and answers, several at once, through
the real handlers and adapters over fakes: `make fuzz ARGS="--minutes 10 --seed 7"`.

Every round has a seed of its own. A round that loses a neighbour prints it, and `--seed` plays it
again."""

import argparse
import json
import logging
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

from tests.borders import bigcommerce, lightspeed, messages, pos
from tests.borders.odd_things import ODD_THINGS
from tests.borders.places import as_text, places_in, with_odds
from tillbridge.adapters.borders.json_texts import NotJsonError, decoded

RECORDS_A_ROUND = 20


@dataclass(frozen=True, slots=True)
class Round:
    """A round: its seed, and what it lost, '' when nothing."""

    seed: int
    lost: str


def mutated(document: Any, dice: random.Random) -> bytes:
    """Return a document with one to four odd things in it, and now and then a piece cut out."""
    places = dice.choices(list(places_in(document)), k=dice.randint(1, 4))
    raw = with_odds(document, [(place, dice.choice(list(ODD_THINGS.values()))) for place in places])
    if dice.random() < 0.1:
        begin = dice.randrange(len(raw))
        raw = raw[:begin] + dice.randbytes(dice.randint(0, 3)) + raw[begin + dice.randint(0, 9) :]
    return raw


def _record(dice: random.Random) -> None:
    raws: list[bytes] = []
    for number in range(RECORDS_A_ROUND):
        document = dice.choice([pos.RECORD, pos.FAMILY, pos.TOMBSTONE])
        record, _ = pos.numbered(number, document, ())
        raw = mutated(record, dice)
        # What is cut may not be JSON any more, and then no record of the answer can be told apart.
        raws.append(raw if _is_json(raw) else json.dumps(record).encode())
    pos.push_beside(raws)


def _x_series(dice: random.Random) -> None:
    raws = [mutated(lightspeed.PRODUCT, dice) for _ in range(RECORDS_A_ROUND)]
    lightspeed.products_between([raw for raw in raws if _is_json(raw)])
    raws = [mutated(lightspeed.LEVEL, dice) for _ in range(RECORDS_A_ROUND)]
    lightspeed.levels_between([raw for raw in raws if _is_json(raw)])


def _event(dice: random.Random) -> None:
    document = json.loads(messages.golden(dice.choice(messages.INTAKE + messages.LINKS))["body"])
    messages.between_good_ones(messages.Intake(), as_text(mutated(document, dice)))


def _claim(dice: random.Random) -> None:
    lines = [mutated({"product_id": "p-1", "version": 1}, dice) for _ in range(dice.randint(1, 5))]
    claim = b"\n".join(lines)
    event = messages.claim_event(claim, len(lines))
    messages.between_good_ones(messages.Intake(claim), json.dumps(event))


def _import(dice: random.Random) -> None:
    good = str(messages.golden("import.import.requested")["body"])
    messages.imported("requests", good, as_text(mutated(json.loads(good), dice)))


def _products(dice: random.Random) -> None:
    raw = mutated(bigcommerce.PRODUCT, dice)
    if not _is_json(raw):
        return
    body = bigcommerce.a_list(raw, json.dumps(bigcommerce.GOOD).encode())
    for name in ("walk", "reconcile's page"):
        found = dict(bigcommerce.PRODUCT_LISTS[name](body))
        assert found.get(8) == "Good lamp"


def _answer(dice: random.Random) -> None:
    status, document = dice.choice(bigcommerce.ANSWERS)
    bigcommerce.answered(status, mutated(document, dice), ())


def _is_json(raw: bytes) -> bool:
    try:
        return len(decoded(b"[" + raw + b"]")) == 1
    except NotJsonError:
        return False


KINDS: Sequence[Callable[[random.Random], None]] = [
    _record,
    _x_series,
    _event,
    _claim,
    _import,
    _products,
    _answer,
]


def play(seed: int) -> Round:
    """Play one round."""
    dice = random.Random(seed)
    kind = dice.choice(KINDS)
    try:
        kind(dice)
    except Exception as trouble:  # noqa: BLE001 - whatever is raised is what the fuzz looks for
        return Round(seed, f"{kind.__name__[1:]}: {trouble!r}"[:500])
    return Round(seed, "")


def fuzz(first_seed: int, seconds: float) -> list[Round]:
    """Play rounds for so many seconds, at least one, and return them."""
    until = time.monotonic() + seconds
    played = [play(first_seed)]
    while time.monotonic() < until:
        played.append(play(first_seed + len(played)))
    return played


def main() -> int:
    """Fuzz from the command line; the exit status is 1 when anything was lost."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=5)
    options.add_argument("--seed", type=int, default=None, help="of the first round")
    asked = options.parse_args()
    seed = random.SystemRandom().randrange(10**9) if asked.seed is None else asked.seed
    os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    logging.disable(logging.CRITICAL)
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):  # noqa: PTH123 - no path
        played = fuzz(seed, asked.minutes * 60)
    lost = [each for each in played if each.lost]
    for each in lost:
        sys.stdout.write(
            f'seed {each.seed}: {each.lost}; again with ARGS="--minutes 0 --seed {each.seed}"\n'
        )
    sys.stdout.write(
        f"{len(played)} rounds from seed {seed}: {len(lost)} lost a neighbour or failed\n"
    )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
