"""One gateway for all of its tests, and the stand-ins behind it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cse.cli.bootstrap.papers import PAPERS
from cse.cli.gateway.caddy import Limits
from cse.runtime.configuration import Configuration
from tests.integration.gateway.standing import Gateway, StandIn, write_site

ROOT = Path(__file__).parents[3]
# Short where a test waits for them.
LIMITS = Limits(head_s=1, answer_s=1, head_bytes=8_192, body_bytes=32_768)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="cse-"))
    (directory / "run").mkdir()
    yield directory
    shutil.rmtree(directory)


def write_papers(directory: Path) -> Path:
    """The papers, and beside them a file that is none."""
    directory.mkdir()
    for name, path in PAPERS.items():
        shutil.copyfile(ROOT / path, directory / f"{name}.md")
    (directory / "security.md").write_text("nobody's")
    return directory


@pytest.fixture(scope="module")
def gateway(data: Path) -> Iterator[Gateway]:
    configuration = Configuration(
        data,
        web=write_site(data / "site"),
        trusted_proxies=("127.0.0.2/32",),
        origin="https://exchange.example",
        cors_origins=("https://partner.example",),
        papers=write_papers(data / "papers"),
    )
    running = Gateway(configuration, LIMITS)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def client(gateway: Gateway) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway.url, timeout=60, follow_redirects=False) as client:
        yield client


@pytest.fixture
def edge(data: Path) -> Iterator[StandIn]:
    path = data / "run" / "edge.sock"
    standing = StandIn(path)
    yield standing
    standing.close()
    path.unlink()


@pytest.fixture
def streams(data: Path) -> Iterator[StandIn]:
    path = data / "run" / "streams.sock"
    standing = StandIn(path)
    yield standing
    standing.close()
    path.unlink()
