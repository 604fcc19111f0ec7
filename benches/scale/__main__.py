"""Many stores on one deployment, by simulation: what each lane waits, what it costs, and which limit is
reached first."""

import logging
import sys

from benches.helpers.results import Figure, finish
from benches.scale.against_push import compare
from benches.scale.figures import HEADER, limits, reaches, row
from benches.scale.mixes import MIXES, QUIET, SATURDAY
from benches.scale.picture import draw
from benches.scale.play import Played, play, with_push
from benches.scale.shipped import shipped

STORES = (1, 100, 1_000, 3_000, 10_000, 30_000)
CONCURRENCY = (20, 200)
SIZES_MB = (256, 512, 1_024)
MOST_OFF = 1.75
"""The model's p95 of each lane against that of push itself."""


def main() -> int:
    """Compare the model with push, play every mix at every size, print the figures and draw the picture.
    Return 0 when the model is near push and the quota refused no call."""
    logging.disable()
    deployment = shipped()
    compared = compare(deployment)
    for each in compared:
        model, push = ("{:.1f}, {:.1f} s".format(*pair) for pair in (each.model, each.push))
        print(f"{each.lane:8} p50, p95: model {model}; push itself {push}; off by {each.off:.2f}")
    print(HEADER)
    runs = []
    for at_once in CONCURRENCY:
        for stores in STORES:
            for mix in MIXES:
                run = play(mix, stores, with_push(deployment, concurrency=at_once))
                print(row(run), flush=True)
                runs.append(run)
    for memory in SIZES_MB:
        sized = with_push(deployment, concurrency=200, memory_mb=memory)
        print(
            row(play(QUIET, 1_000, sized)), row(play(SATURDAY, 1_000, sized)), sep="\n", flush=True
        )
    for run in runs:
        if run.world.stores == 10_000:
            most = [f"{limit.name} {limit.used:.0%}" for limit in limits(run)[:3]]
            print(f"10,000 stores, {_name(run)}: {', '.join(most)}")
        if run.world.stores == 100:
            at = [f"{name} at {stores:,}" for name, stores in reaches(run)[:4]]
            print(f"{_name(run)}: {', '.join(at)} stores")
    draw(runs)
    figures = [Figure(f"p95 of {e.lane} ÷ push itself", e.off, MOST_OFF) for e in compared]
    refused = sum(run.world.meter.refused for run in runs)
    return finish("scale", [*figures, Figure("calls refused by the quota", refused, 0)])


def _name(run: Played) -> str:
    return f"{run.mix.name}, PushConcurrency {run.world.deployment.push_concurrency}"


if __name__ == "__main__":
    sys.exit(main())
