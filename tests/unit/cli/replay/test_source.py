"""Reading a recorded flow."""

import lzma
from pathlib import Path

import pytest

from cse.cli.replay.flow import Cancel, Place
from cse.cli.replay.source import BadRecording, convert, read_recording

HEADER = "id,timestamp,exchange.timestamp,price,volume,action,direction"
CREATED = "7,1000,1000,236.47,200000001,created,bid"


@pytest.mark.parametrize(
    ("row", "steps"),
    [
        pytest.param("8,2,1,236.4,1,created,ask", [Place(2, 8, "sell", 23640, 1)], id="rounded-up"),
        pytest.param("8,2,1,236,10000,created,bid", [Place(2, 8, "buy", 23600, 1)], id="whole"),
        pytest.param("7,2,1,236.47,1,deleted,bid", [Cancel(2, 7)], id="deleted-with-volume-left"),
        pytest.param("7,2,1,236.47,0,deleted,bid", [], id="deleted-empty"),
        pytest.param("7,2,1,236.47,5,changed,bid", [], id="changed"),
        pytest.param("9,2,1,236.47,5,deleted,bid", [], id="never-created"),
    ],
)
def test_conversion(row: str, steps: list[Place | Cancel]) -> None:
    first = Place(1000, 7, "buy", 23647, 20001)
    assert list(convert([HEADER, CREATED, row])) == [first, *steps]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param(["id,price", "1,2"], "timestamp", id="columns-missing"),
        pytest.param([], "columns", id="empty"),
        pytest.param([HEADER, "7,1,1,236.471,5,created,bid"], "line 2", id="three-decimals"),
        pytest.param([HEADER, CREATED, "7,1,1,236,5,moved,bid"], "line 3", id="unknown-action"),
        pytest.param([HEADER, "7,1,1,236,5,created,up"], "line 2", id="unknown-direction"),
        pytest.param([HEADER, "7,1,1,236,x,created,bid"], "line 2", id="no-number"),
        pytest.param([HEADER, "7,1"], "line 2", id="short-line"),
    ],
)
def test_a_bad_line_is_named(lines: list[str], names: str) -> None:
    with pytest.raises(BadRecording, match=names):
        list(convert(lines))


@pytest.mark.parametrize("name", ["flow.csv", "flow.csv.xz"])
def test_a_file_may_be_compressed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = f"{HEADER}\n{CREATED}\n".encode()
    path.write_bytes(lzma.compress(text) if name.endswith(".xz") else text)
    assert read_recording(path) == [Place(1000, 7, "buy", 23647, 20001)]


def test_a_broken_archive_is_a_bad_recording(tmp_path: Path) -> None:
    path = tmp_path / "flow.csv.xz"
    path.write_bytes(lzma.compress(HEADER.encode())[:-4])
    with pytest.raises(BadRecording, match="cannot be read"):
        read_recording(path)
