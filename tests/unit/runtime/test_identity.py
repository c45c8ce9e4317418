"""Ids that PostgreSQL keeps."""

from __future__ import annotations

import pytest

from cse.runtime.identity import RisingIds, new_uuid

NOON_NS = 1_800_000_000_000_000_000


def test_ids_are_uuids_of_version_7_that_rise() -> None:
    ids = [new_uuid() for _ in range(10_000)]
    assert ids == sorted(set(ids))
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {"specified in RFC 4122"}


@pytest.mark.parametrize(
    ("passed_ns", "milliseconds", "fraction"),
    [(0, 0, 0), (244, 0, 0), (245, 0, 1), (999_999, 0, 4_095), (1_000_000, 1, 0), (2_500_000, 2, 2_048)],
)
def test_an_id_begins_with_its_time(passed_ns: int, milliseconds: int, fraction: int) -> None:
    made = RisingIds().new(NOON_NS + passed_ns).int
    assert made >> 80 == NOON_NS // 1_000_000 + milliseconds
    assert made >> 64 & 0xFFF == fraction


@pytest.mark.parametrize("step_ns", [0, 1, -1, -3_600_000_000_000])
def test_they_rise_while_the_clock_stands_or_is_set_back(step_ns: int) -> None:
    ids = RisingIds()
    made = [ids.new(NOON_NS + number * step_ns) for number in range(5_000)]
    assert made == sorted(set(made))
