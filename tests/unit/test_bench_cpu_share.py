"""The share of a processor that benches hold functions to."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from benches.helpers import cpu_share
from benches.helpers.cpu_share import Share, held_to_their_share, memory_of


@pytest.mark.parametrize("function", ["intake", "push", "sweep"])
def test_a_functions_memory_is_the_templates(function: str) -> None:
    assert memory_of(function) >= 128


def test_where_no_cgroup_can_be_made_the_bench_says_so() -> None:
    assert "no cgroup" in str(Share(512, None))
    assert str(Share(512, 0.289)) == "0.289 of a core, as at 512 MB"


def test_a_worker_that_ends_as_it_is_held_leaves_the_others_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held, looked = list[int](), threading.Event()

    def hold(_: Path, pids: list[int], megabytes: int) -> None:
        for pid in pids:
            if pid == 1:
                raise ProcessLookupError
            held.append(pid)
            assert megabytes == memory_of("push")
            if pid == 3:
                looked.set()

    monkeypatch.setattr(cpu_share, "controller", lambda: Path("groups"))
    monkeypatch.setattr(cpu_share, "workers", lambda *_: [1, 2, 3])
    monkeypatch.setattr(cpu_share, "hold", hold)
    monkeypatch.setattr(cpu_share, "release", lambda _: None)
    monkeypatch.setattr(cpu_share, "LOOK_S", 0.001)
    aws = SimpleNamespace(log_path=Path("folder", "log"))
    with held_to_their_share(aws, ("push",)):  # type: ignore[arg-type]  # only its folder is asked for
        looked.wait(2)
    assert held == [2, 3]
