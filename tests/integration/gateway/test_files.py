"""Files of services are there for everybody, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from cse.cli.gateway.handlers import ASK_AGAIN, FOREVER

DAY = "LAB-USDC-2026-01-31.csv.gz"
CONTENT = bytes(range(256)) * 40


@pytest.fixture(scope="module", autouse=True)
def written(data: Path) -> None:
    directory = data / "files" / "trades" / "LAB-USDC"
    directory.mkdir(parents=True)
    (directory / DAY).write_bytes(CONTENT)
    (directory / f"{DAY}.sha256").write_text("its checksum")
    (directory / "index.json").write_text("{}")
    (directory / f".{DAY}").write_bytes(b"begun")
    (data / "secret").write_text("nobody's")


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [(DAY, CONTENT, FOREVER), (f"{DAY}.sha256", b"its checksum", FOREVER), ("index.json", b"{}", ASK_AGAIN)],
)
def test_a_file_is_there_as_it_is(client: httpx.Client, name: str, content: bytes, kept: str) -> None:
    answer = client.get(f"/files/trades/LAB-USDC/{name}")
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["Cache-Control"] == kept
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_part_of_it_is_there(client: httpx.Client) -> None:
    answer = client.get(f"/files/trades/LAB-USDC/{DAY}", headers={"Range": "bytes=250-260"})
    assert (answer.status_code, answer.content) == (206, CONTENT[250:261])


@pytest.mark.parametrize(
    "path",
    [
        "/files",
        "/files/",
        "/files/trades",
        "/files/trades/LAB-USDC/",
        "/files/trades/LAB-USDC/LAB-USDC-2026-02-01.csv.gz",
        f"/files/trades/LAB-USDC/.{DAY}",
    ],
)
def test_nothing_else_is(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "path",
    ["/files/../secret", "/files/%2e%2e/secret", "/files/..%2fsecret", "/files/trades/..%2f..%2fsecret"],
)
def test_nothing_beyond_them_is(client: httpx.Client, path: str) -> None:
    answer = client.get(path, follow_redirects=True)
    assert (answer.status_code, answer.text) == (404, "lost")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_changed(client: httpx.Client, data: Path, method: str) -> None:
    assert client.request(method, f"/files/trades/LAB-USDC/{DAY}", content=b"x").status_code in (404, 405)
    assert (data / "files" / "trades" / "LAB-USDC" / DAY).read_bytes() == CONTENT
