"""The API's description, and that its table of roles holds."""

from __future__ import annotations

import httpx
import pytest

from cse.runtime.http.route import Access
from tests.integration.edge.conftest import problem


def test_every_route_that_is_for_persons_refuses_strangers(client: httpx.Client) -> None:
    document = client.get("/api/openapi.json").json()
    refused = 0
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if "security" in operation:
                address = path.replace("{", "").replace("}", "")
                assert problem(client.request(method, address)) == (401, "not_authenticated")
                refused += 1
    assert refused > 8


@pytest.mark.parametrize("path", ["/", "/api/docs", "/metrics", "/api/health"])
def test_pages_are_there_for_everyone(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200
    assert Access.EVERYONE.value in client.get("/api/docs").text
