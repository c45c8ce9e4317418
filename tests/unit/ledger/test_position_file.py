"""How far PostgreSQL is, in eight bytes."""

from __future__ import annotations

from pathlib import Path

from cse.ledger.position_file import PositionFile, read_position


def test_without_a_file_it_is_nowhere(tmp_path: Path) -> None:
    assert read_position(tmp_path / "ledger.position") == 0


def test_the_last_one_told_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger.position"
    with PositionFile(path) as file:
        assert read_position(path) == 0
        for sequence in (5, 1 << 40, 7):
            file.write(sequence)
            assert read_position(path) == sequence
    assert path.read_bytes() == (7).to_bytes(8, "little")
    with PositionFile(path):
        assert read_position(path) == 7
