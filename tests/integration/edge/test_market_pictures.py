"""The picture that links to a market are shown with."""

from __future__ import annotations

import struct

import httpx

PATH = "/api/markets/LAB-USDC/picture"


def test_everybody_gets_the_picture_of_a_market(client: httpx.Client) -> None:
    found = client.get(PATH)
    assert (found.status_code, found.headers["content-type"]) == (200, "image/png")
    assert found.headers["cache-control"] == "public, max-age=60"
    assert struct.unpack(">II", found.content[16:24]) == (1200, 630)


def test_who_has_it_already_is_sent_nothing(client: httpx.Client) -> None:
    etag = client.get(PATH).headers["etag"]
    again = client.get(PATH, headers={"If-None-Match": f'"other", W/{etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert client.get(PATH, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_market_that_is_not_there_has_none(client: httpx.Client) -> None:
    found = client.get("/api/markets/NOPE-USDC/picture")
    assert (found.status_code, found.json()["code"]) == (404, "market_unknown")
