"""The share of a processor that benches hold functions to."""

import pytest

from benches.helpers.cpu_share import Share, memory_of


@pytest.mark.parametrize("function", ["intake", "push", "sweep"])
def test_a_functions_memory_is_the_templates(function: str) -> None:
    assert memory_of(function) >= 128


def test_where_no_cgroup_can_be_made_the_bench_says_so() -> None:
    assert "no cgroup" in str(Share(512, None))
    assert str(Share(512, 0.289)) == "0.289 of a core, as at 512 MB"
