"""Ids that PostgreSQL keeps."""

from __future__ import annotations

from cse.runtime.identity import new_uuid


def test_ids_are_uuids_of_version_7_that_rise_with_time() -> None:
    ids = [new_uuid() for _ in range(100)]
    assert len(set(ids)) == 100
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {"specified in RFC 4122"}
    milliseconds = [one.int >> 80 for one in ids]
    assert milliseconds == sorted(milliseconds)
