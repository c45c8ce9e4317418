"""Papers for programs are there as they stand in the sources, and nothing else of the sources is."""

from __future__ import annotations

import httpx
import pytest

from cse.cli.bootstrap.papers import PAPERS
from tests.integration.gateway.conftest import ROOT


@pytest.mark.parametrize(("name", "path"), PAPERS.items())
def test_a_paper_is_there_as_it_stands(client: httpx.Client, name: str, path: str) -> None:
    answer = client.get(f"/papers/{name}.md")
    assert (answer.status_code, answer.content) == (200, (ROOT / path).read_bytes())
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        client.get(f"/papers/{name}.md", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )


@pytest.mark.parametrize(
    "path",
    [
        "/papers",
        "/papers/",
        "/papers/api",
        "/papers/security.md",
        "/papers/codes.toml",
        "/papers/api.md/",
        "/papers/api.md/../../codes.toml",
        "/papers/%2e%2e/codes.toml",
        "/papers/..%2fcodes.toml",
        "/papers/docs/api.md",
        "/docs/api.md",
        "/codes.toml",
    ],
)
def test_nothing_else_is(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_changed(client: httpx.Client, method: str) -> None:
    before = (ROOT / PAPERS["api"]).read_bytes()
    assert client.request(method, "/papers/api.md", content=b"mine").status_code == 404
    assert (ROOT / PAPERS["api"]).read_bytes() == before
