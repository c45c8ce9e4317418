"""The API's document is made of the rooms' routes, without a server."""

from __future__ import annotations

import json

from cse.services.edge_routes import api_document


def test_every_room_is_described() -> None:
    document = json.loads(api_document("1.2.3"))
    assert {"/api/auth/sign-in", "/api/orders", "/api/markets", "/api/faucet", "/api/health"} <= set(
        document["paths"]
    )
    assert "NewOrder" in document["components"]["schemas"]
    assert document["info"]["version"] == "1.2.3"
