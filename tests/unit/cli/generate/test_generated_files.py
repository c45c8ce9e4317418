"""Generated files are those that the catalogue and the wire crate call for."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cse.cli.generate import codes, command, typescript_client, wire

needs_cargo = pytest.mark.skipif(shutil.which("cargo") is None, reason="describing the layouts needs cargo")


@pytest.mark.slow
@needs_cargo
def test_no_generated_file_is_stale() -> None:
    catalogue = codes.read_catalogue(command.ROOT / "codes.toml")
    files = command.rendered_files(catalogue, command.describe_wire(command.ROOT))
    assert command.stale_files(command.ROOT, files) == []


def test_files_of_codes_are_not_stale() -> None:
    catalogue = codes.read_catalogue(command.ROOT / "codes.toml")
    files = {
        "crates/wire/src/codes.rs": codes.rust(catalogue),
        "src/cse/domain/codes.py": codes.python(catalogue),
        "docs/codes.md": codes.markdown(catalogue),
        "clients/typescript/src/generated/codes.ts": typescript_client.codes(catalogue),
    }
    assert command.stale_files(command.ROOT, files) == []


def test_the_browsers_list_of_indicators_is_that_of_the_exchange() -> None:
    files = command.rendered_indicators(command.describe_indicators(command.ROOT))
    assert command.stale_files(command.ROOT, files) == []


def test_the_description_of_the_streams_is_that_of_the_exchange() -> None:
    files = command.rendered_streams(command.describe_streams(command.ROOT))
    assert command.stale_files(command.ROOT, files) == []


def test_a_missing_or_changed_file_is_stale(tmp_path: Path) -> None:
    (tmp_path / "same").write_text("text")
    (tmp_path / "changed").write_text("older text")
    files = {"same": "text", "changed": "text", "missing": "text"}
    assert command.stale_files(tmp_path, files) == ["changed", "missing"]


ENTRY = """
[first]
number = 101
band = "request"
status = 400
retryable = false
money = "none"
sentence = "First."
"""
FAULTS = [
    ("number = 101", "number = 201", "outside its band"),
    ('band = "request"', 'band = "other"', "outside its band"),
    ('money = "none"', 'money = "lost"', "state of money"),
    ("status = 400", "status = 200", "no status of an error"),
    ("[first]", "[First]", "not a name"),
]


@pytest.mark.parametrize(("good", "bad", "message"), FAULTS)
def test_a_faulty_catalogue_is_refused(tmp_path: Path, good: str, bad: str, message: str) -> None:
    path = tmp_path / "codes.toml"
    path.write_text(ENTRY)
    assert [entry.name for entry in codes.read_catalogue(path)] == ["first"]
    path.write_text(ENTRY.replace(good, bad))
    with pytest.raises(ValueError, match=message):
        codes.read_catalogue(path)


def test_a_number_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    path.write_text(ENTRY + ENTRY.replace("[first]", "[second]"))
    with pytest.raises(ValueError, match="twice"):
        codes.read_catalogue(path)


LAYOUT = wire.LayoutOf(
    name="TwoWords",
    kind=0x0999,
    width=40,
    short_width=40,
    has_tail=True,
    doc="Says something.",
    fields=(
        wire.FieldOf("amount", "i128", 16),
        wire.FieldOf("name", "text16", 16),
        wire.FieldOf("reserved", "bytes8", 8),
    ),
)


def test_reserved_bytes_are_padding_and_wide_integers_two_halves() -> None:
    assert wire.struct_format(LAYOUT.fields) == "<HHIQq16s8x"
    without_tail = wire.python(wire.Description((replace(LAYOUT, has_tail=False),), (), ()))
    assert "def encode(self) -> bytes" in without_tail
    assert "def tail" not in without_tail
