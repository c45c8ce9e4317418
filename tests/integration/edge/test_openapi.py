"""The API's description, and that its table of roles holds."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import httpx
import pytest

from cse.runtime.http.pages import POLICY
from cse.runtime.http.route import Access
from tests.exchange import RunningExchange
from tests.people import Person, problem

ROOT = Path(__file__).parents[3]


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


def test_another_status_for_repeats_is_promised_where_there_is_one(client: httpx.Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    both = [
        (method, path)
        for path, operations in paths.items()
        for method, operation in operations.items()
        if {"200", "201"} <= operation["responses"].keys()
    ]
    assert both == [("post", "/api/orders"), ("post", "/api/orders/list"), ("post", "/api/orders/replace")]


@pytest.mark.parametrize("path", ["/", "/api/docs", "/api/health"])
def test_pages_are_there_for_everyone(client: httpx.Client, path: str) -> None:
    # Where the web app is built, the first page is the one of the reader's language.
    assert client.get(path, follow_redirects=True).status_code == 200
    assert Access.EVERYONE.value in client.get("/api/docs").text


def test_the_page_of_the_api_has_a_policy_and_stands_in_nobodys_frame(client: httpx.Client) -> None:
    headers = client.get("/api/docs").headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-frame-options"] == "DENY"


def test_figures_are_for_those_who_may_enter_the_data_directory(
    client: httpx.Client, exchange: RunningExchange
) -> None:
    outside = client.get("/metrics", follow_redirects=True)
    assert outside.status_code == 404
    assert "cse_http" not in outside.text
    socket = httpx.HTTPTransport(uds=str(exchange.data / "run" / "edge-1.health"))
    with httpx.Client(transport=socket, base_url="http://edge") as inside:
        assert "cse_http_answers_total" in inside.get("/metrics").text


@pytest.fixture
def at_a_half(trader: Person, other: Person, quiet: None) -> Person:
    """A person with funds, in a quiet market in which the last trade was at 0.5."""
    other.limit("sell", "0.5", "10")
    trader.limit("buy", "0.5", "10")
    return trader


def test_bodies_to_try_are_taken(client: httpx.Client, at_a_half: Person) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    tried = 0
    for address, method in (
        ("/api/orders/test", "post"),
        ("/api/orders", "post"),
        ("/api/orders/list", "post"),
        ("/api/orders/batch", "post"),
        ("/api/orders/replace", "post"),
        ("/api/orders/cancel-batch", "post"),
        ("/api/orders/cancel-after", "post"),
    ):
        content = paths[address][method]["requestBody"]["content"]["application/json"]
        for example in content["examples"].values():
            answer = at_a_half.send(method, address, json=example["value"])
            assert answer.status_code in (200, 201), (example, answer.text)
            tried += 1
    assert tried > 14


def test_lines_of_the_paper_run(exchange: RunningExchange, at_a_half: Person) -> None:
    """Each line to try of docs/api.md, one behind another, as it stands there."""
    paper = (ROOT / "docs" / "api.md").read_text()
    _, _, section = paper.partition("\n### To try\n")
    blocks = re.findall(r"^```sh\n(.*?)^```", section.partition("\n### ")[0], re.MULTILINE | re.DOTALL)
    assert blocks
    token = at_a_half.signed_in["access_token"]
    strict = 'set -e\ncurl() { command curl --fail-with-body "$@"; }\n'
    done = subprocess.run(
        ["bash", "-c", strict + "\n".join(blocks)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "API": exchange.url, "TOKEN": token},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"refusal":{' not in done.stdout, done.stdout
