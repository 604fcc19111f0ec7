"""Drains that run at the same time."""

from concurrent.futures import ThreadPoolExecutor

from tests.world import World
from tillbridge.usecases.store_work import work_on_store


def at_once(*worlds: World, latency: float = 0.003) -> None:
    """One drain for each world named, side by side; one named twice is drained twice."""
    for world in worlds:
        world.web.script.latency = latency
    with ThreadPoolExecutor(len(worlds)) as pool:
        drains = [pool.submit(work_on_store, w.connection.store, w.deps) for w in worlds]
    for drain in drains:
        drain.result()
    for world in worlds:
        world.web.script.latency = 0
