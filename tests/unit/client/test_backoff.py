"""Waits double up to the longest, and chance takes up to half of each."""

from __future__ import annotations

import pytest

from cse_client.backoff import wait_s


@pytest.mark.parametrize(("tries", "whole_s"), [(0, 0.1), (1, 0.2), (3, 0.8), (6, 5.0), (100_000, 5.0)])
def test_each_wait_is_twice_the_one_before(tries: int, whole_s: float) -> None:
    assert wait_s(tries, first_s=0.1, longest_s=5.0, chance=lambda: 0.0) == pytest.approx(whole_s)
    assert wait_s(tries, first_s=0.1, longest_s=5.0, chance=lambda: 1.0) == pytest.approx(whole_s / 2)


def test_those_who_were_cut_off_together_do_not_come_back_together() -> None:
    waits = {wait_s(5, first_s=0.1, longest_s=5.0) for _ in range(50)}
    assert len(waits) > 40
    assert all(1.6 <= wait <= 3.2 for wait in waits)
